import type { GraphData } from '../../graph/graph-data';
import { type Endpoint, isPods, type PodsEndpoint, type TierEndpoint } from '../../model/endpoint';
import * as ips from '../../model/ip-set';
import type { Plane } from '../../model/layer';
import { withoutAll } from '../terms/pod-set-difference';
import { flowLinks } from './flow-links';
import { type Hop, isWithin, meets, placeKey } from './hops';
import { ruleLinks } from './rule-links';

export type { Hop } from './hops';

/** Whether two ends are apart; where they are not, a shortest path, or `why` it is none or not certain. */
export interface Apart {
  readonly apart: boolean;
  readonly path: readonly Hop[];
  readonly why?: string;
}

/** What a path may be taken not to do. */
export interface PathOptions {
  /**
   * Places that may be reached, and are taken to open nothing themselves: of what is reached, a path goes on from the pods
   * that are in none of them. @default none
   */
  readonly endingAt?: readonly Endpoint[];
}

/**
 * Whether there is no path of any length from `a` to `b`: no chain of connections in which each pod that is reached opens
 * the next one. Pods that nothing isolates relay to everything (a DNS server forwards names to the internet), gateways and
 * agents to whatever they may reach. An address outside relays only to what a flow or rule admits it to.
 *
 * Over a graph the links are its flows, over a plane what its rules may admit. What a plane denies for only some pods of a
 * link is not followed, so there may be less of a path than is found; `why` says so, and it counts as not apart.
 */
export function keepApart(
  within: GraphData | Plane,
  a: Endpoint,
  b: Endpoint,
  { endingAt = [] }: PathOptions = {},
): Apart {
  if (meets(a, b))
    return { apart: false, path: [], why: 'The two ends are not apart to begin with: something is in both.' };
  const doubt = 'layers' in within ? doubtAbout(within) : {};
  const links = 'layers' in within ? ruleLinks(within) : flowLinks(within);
  const reached = new Set([placeKey(a)]);
  let places: { readonly place: Endpoint; readonly path: readonly Hop[] }[] = [{ place: a, path: [] }];
  while (places.length > 0) {
    const next: typeof places = [];
    for (const { place, path } of places) {
      for (const hop of links(place)) {
        if (meets(hop.to, b)) return { apart: false, path: [...path, hop], ...doubt };
        for (const to of outside(hop.to, endingAt)) {
          const key = placeKey(to);
          if (reached.has(key)) continue;
          reached.add(key);
          next.push({ place: to, path: [...path, { ...hop, to }] });
        }
      }
    }
    places = next;
  }
  return { apart: true, path: [] };
}

/** What of a place is in none of the others: pods and addresses by the set, and everything else as a whole. */
function outside(place: Endpoint, others: readonly Endpoint[]): Endpoint[] {
  if (others.some((other) => isWithin(place, other))) return [];
  if (isPods(place)) {
    const pods = others.flatMap((other) => (isPods(other) && meets(place, other) ? [other.pods] : []));
    if (pods.length === 0) return [place];
    return withoutAll(place.pods, pods).map((rest) => ({ kind: 'pods', pods: rest, owner: ownerOf(place) }));
  }
  if (place.kind !== 'addresses') return [place];
  const taken = others.flatMap((other) => (other.kind === 'addresses' ? [other.addresses] : []));
  if (!taken.some((addresses) => ips.intersects(place.addresses, addresses))) return [place];
  return [{ kind: 'addresses', addresses: ips.difference(place.addresses, ips.unionOf(taken)) }];
}

function ownerOf(place: TierEndpoint | PodsEndpoint): string {
  return place.kind === 'pods' ? place.owner : `${place.namespace}/${place.name}`;
}

/** What a path that is found may still fail by. */
function doubtAbout({ name, layers }: Plane): Pick<Apart, 'why'> {
  const rules = layers.flatMap((layer) => layer.rules);
  if (rules.some(({ isUncertain }) => isUncertain))
    return { why: `There may be a path, since not every policy of the plane ${name} is known for certain:` };
  if (rules.every(({ action }) => action === 'allow')) return {};
  return { why: `There may be a path, since what the plane ${name} denies for only some of these is not followed:` };
}
