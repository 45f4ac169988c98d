import type { PortSet } from './port-set';

/**
 * What passes along a flow. Tagged, so that kinds that look deeper (HTTP requests, say) can join without a new schema;
 * ports are what every engine understands.
 */
export type Traffic = PortTraffic;

/** Traffic told apart by protocol and port alone. Ports are pod ports: what the pod listens on, after Service translation. */
export interface PortTraffic {
  readonly kind: 'ports';
  readonly ports: PortSet;
}

export function portTraffic(ports: PortSet): PortTraffic {
  return { kind: 'ports', ports };
}
