import type { GraphData } from '../../graph/graph-data';
import { type Endpoint, isPods } from '../../model/endpoint';
import { keyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { podSet, podSetsIntersect } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import { anyAddress, type Hop, type Links, meets, placeKey } from './hops';

/** Links by the flows of a graph; pods outside its namespaces are bound by nothing that the graph knows. */
export function flowLinks({ namespaces, flows }: GraphData): Links {
  const names = namespaces.map(({ name }) => name);
  const elsewhere = fromConstraints([
    keyConstraint(NAMESPACE_NAME_LABEL, names, { excluded: true, mayBeAbsent: false }),
  ]);
  const outsiders: Endpoint = {
    kind: 'pods',
    pods: podSet(elsewhere, selectors.anything),
    owner: 'pods outside the graph',
  };

  const bySource = new Map<string, { readonly from: Endpoint; readonly hops: Hop[] }>();
  for (const { from, to, because } of flows) {
    const hop = { from, to, by: because.join('; ') };
    const source = bySource.get(placeKey(from));
    if (source === undefined) bySource.set(placeKey(from), { from, hops: [hop] });
    else source.hops.push(hop);
  }

  return (place) => [
    ...[...bySource.values()].filter(({ from }) => meets(place, from)).flatMap(({ hops }) => hops),
    ...(isPods(place) && podSetsIntersect(place.pods, outsiders.pods)
      ? [anyAddress, outsiders].map((to) => ({ from: place, to, by: 'no policy of this graph binds these pods' }))
      : []),
  ];
}
