import type { GraphData, GraphTier } from '../../graph/graph-data';
import { tierKey } from '../../graph/graph-data';
import type { Flow, Waiver } from '../../model/flow';
import type { ManifestsProof } from '../../proof';
import { proving } from './proof-when-asked';

/**
 * Whether the proof holds only with the waiver. What a policy of others opens for the pods of a tier, and what a tier that
 * overlaps does, no rule about declarations sees: the proof alone holds the promise of the role against it.
 *
 * @param graph what is declared, with the waiver as it was handed over.
 * @param whole the proof of all of it.
 * @param prove what else can be proved of the same manifests.
 */
export function isNeededByProof(
  waiver: Waiver,
  graph: GraphData,
  whole: () => ManifestsProof,
  prove: (graph: GraphData) => ManifestsProof,
): boolean {
  const without = graphWithout(graph, waiver);
  return isPromised(waiver, graph, without) && faultsOf(prove(without)) > faultsOf(whole());
}

function faultsOf({ proof }: ManifestsProof): number {
  return proof.witnesses.length + proof.notProved.length;
}

function graphWithout(graph: GraphData, waiver: Waiver): GraphData {
  const strip = <T extends GraphTier | Flow>(one: T): T =>
    one.acknowledged.includes(waiver)
      ? { ...one, acknowledged: one.acknowledged.filter((other) => other !== waiver) }
      : one;
  return { ...graph, tiers: graph.tiers.map(strip), flows: graph.flows.map(strip) };
}

/** Whether a tier that has the waiver, itself or on a flow, would promise what it waives. Most waivers are about nothing of the sort. */
function isPromised({ rule }: Waiver, graph: GraphData, without: GraphData): boolean {
  const flows = graph.flows.filter((flow, index) => flow !== without.flows[index]);
  const sources = new Set(flows.flatMap(({ from }) => (from.kind === 'tier' ? [tierKey(from)] : [])));
  const tiers = without.tiers.filter((tier, index) => tier !== graph.tiers[index] || sources.has(tierKey(tier)));
  const { cluster } = graph;
  return (
    tiers.length > 0 &&
    proving()
      .promisesOfTiers({ tiers, cluster })
      .some((promise) => promise.rule === rule)
  );
}
