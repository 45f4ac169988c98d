import type { IConstruct } from 'constructs';
import { type GraphData, tierKey } from '../graph/graph-data';
import { restrict } from '../graph/restrict';
import type { NamespaceRecord, TierRecord } from './records';

/** The part of the graph that is about the tiers at or below `scope`, with the namespaces there. */
export function partOf(
  graph: GraphData,
  scope: IConstruct,
  { tiers, namespaces }: { readonly tiers: readonly TierRecord[]; readonly namespaces: readonly NamespaceRecord[] },
): GraphData {
  const within = (construct: IConstruct) => construct.node.scopes.includes(scope);
  const keys = new Set(
    tiers
      .filter(({ construct }) => within(construct))
      .map(({ namespace, name }) => tierKey({ namespace: namespace.name, name })),
  );
  const names = new Set(namespaces.filter(({ construct }) => within(construct)).map(({ name }) => name));
  return restrict(
    graph,
    (tier) => keys.has(tierKey(tier)),
    (name) => names.has(name),
  );
}
