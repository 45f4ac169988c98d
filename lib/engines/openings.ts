import { tierKey } from '../graph/graph-data';
import type { Endpoint, TierEndpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import type { PortSet } from '../model/port-set';
import { remembered } from '../model/remembered';
import type { RequestMatch } from '../model/request-match';

/** What a tier lets through in one direction: a peer, and the ports of whichever end is the destination. */
export interface Opening {
  readonly peer: Endpoint;
  readonly ports: PortSet;
  /** Absent for all traffic on the ports. */
  readonly requests?: readonly RequestMatch[];
}

export interface TierOpenings {
  readonly ingress: readonly Opening[];
  readonly egress: readonly Opening[];
}

/** Both halves of every flow, each at the tier that must allow it. */
export function openingsByTier(flows: readonly Flow[]): ReadonlyMap<string, TierOpenings> {
  const byTier = new Map<string, { ingress: Opening[]; egress: Opening[] }>();
  const at = remembered((end: TierEndpoint) => {
    const key = tierKey(end);
    const openings = byTier.get(key) ?? { ingress: [], egress: [] };
    byTier.set(key, openings);
    return openings;
  });
  for (const { from, to, traffic } of flows) {
    if (from.kind === 'tier') at(from).egress.push(opening(to, traffic));
    if (to.kind === 'tier') at(to).ingress.push(opening(from, traffic));
  }
  return byTier;
}

function opening(peer: Endpoint, { ports, requests }: Flow['traffic']): Opening {
  return requests === undefined ? { peer, ports } : { peer, ports, requests };
}
