import type { Endpoint } from '../../model/endpoint';
import type { Excepted, Waiver } from '../../model/flow';
import { hostText } from '../../model/host-pattern';
import { podSetText } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import type { NamedPort } from '../workloads/workload';

/** One end that a peer stands for, with what is known of it. */
export interface PeerEnd {
  readonly endpoint: Endpoint;
  /** Ports that it is reached on when a flow names none. */
  readonly ports?: PortSet;
  /** Names of its container ports, where they are seen. */
  readonly portNames?: PortSet;
  /** What these names stand for. */
  readonly named?: readonly NamedPort[];
  readonly excepted?: readonly Excepted[];
  readonly notes?: readonly string[];
  /** What the tier accepts of this end for all its flows. */
  readonly acknowledged?: readonly Waiver[];
}

/** An end as a sentence names it. */
export function endName(endpoint: Endpoint): string {
  switch (endpoint.kind) {
    case 'tier':
      return `${endpoint.namespace}/${endpoint.name}`;
    case 'pods':
      return podSetText(endpoint.pods);
    case 'addresses':
      return endpoint.name ?? 'these addresses';
    case 'hosts':
      return endpoint.patterns.map(hostText).join(', ');
    case 'entity':
      return endpoint.entity;
  }
}
