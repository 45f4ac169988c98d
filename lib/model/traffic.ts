import type { PortSet } from './port-set';
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
  return { kind: 'ports', ports, ...(requests === undefined ? {} : { requests: canonicalRequests(requests) }) };
}
