import type { GraphData } from '../../graph/graph-data';
import type { Endpoint } from '../../model/endpoint';
import type { Plane } from '../../model/layer';
import { flowLinks } from './flow-links';
import { type Hop, meets, placeKey } from './hops';
import { ruleLinks } from './rule-links';

export type { Hop } from './hops';

/** Whether two ends are apart; where they are not, a shortest path, or `why` it is none or not certain. */
export interface Apart {
  readonly apart: boolean;
  readonly path: readonly Hop[];
  readonly why?: string;
}

/**
 * Whether there is no path of any length from `a` to `b`: no chain of connections in which each pod that is reached opens
 * the next one. Pods that nothing isolates relay to everything (a DNS server forwards names to the internet), gateways and
 * agents to whatever they may reach. An address outside relays only to what a flow or rule admits it to.
 *
 * Over a graph the links are its flows, over a plane what its rules may admit. What a plane denies for only some pods of a
 * link is not followed, so there may be less of a path than is found; `why` says so, and it counts as not apart.
 */
export function keepApart(within: GraphData | Plane, a: Endpoint, b: Endpoint): Apart {
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
        const key = placeKey(hop.to);
        if (reached.has(key)) continue;
        reached.add(key);
        next.push({ place: hop.to, path: [...path, hop] });
      }
    }
    places = next;
  }
  return { apart: true, path: [] };
}

/** What a path that is found may still fail by. */
function doubtAbout({ name, layers }: Plane): Pick<Apart, 'why'> {
  const rules = layers.flatMap((layer) => layer.rules);
  if (rules.some(({ isUncertain }) => isUncertain))
    return { why: `There may be a path, since not every policy of the plane ${name} is known for certain:` };
  if (rules.every(({ action }) => action === 'allow')) return {};
  return { why: `There may be a path, since what the plane ${name} denies for only some of these is not followed:` };
}
