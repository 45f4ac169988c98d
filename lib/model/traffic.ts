import type { PortSet } from './port-set';
import { remembered } from './remembered';
import { canonicalRequests, type RequestMatch } from './request-match';

/** What passes along a flow. Tagged, so that kinds can join without a new schema; ports are what every engine understands. */
export type Traffic = PortTraffic;

/** Traffic told apart by protocol and port. Ports are pod ports: what the pod listens on, after Service translation. */
export interface PortTraffic {
  readonly kind: 'ports';
  readonly ports: PortSet;
  /** The requests that pass, sorted by their text and never empty. Absent for all traffic on the ports. */
  readonly requests?: readonly RequestMatch[];
}

export function portTraffic(ports: PortSet, requests?: readonly RequestMatch[]): PortTraffic {
  return requests === undefined ? onPorts(ports) : { kind: 'ports', ports, requests: canonicalRequests(requests) };
}

/** The same ports serve many flows, and what is remembered of their traffic is shared by these. */
const onPorts = remembered((ports: PortSet): PortTraffic => ({ kind: 'ports', ports }));
