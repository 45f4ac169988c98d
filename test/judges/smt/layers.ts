import { calicoLayers } from './calico-layers';
import { rankedLayer } from './cluster-network-policy';
import { FALSE, type Formula, ite, TRUE } from './formula';
import { clusterNetworkPolicies, inTier, networkPolicies } from './manifests';
import { type Layer, networkPolicyLayer, type Without } from './network-policy';
import type { Situation } from './situation';
import type { World } from './world';

/** The connection is let through; by a rule, or also for want of one. */
export function admitted(world: World, at: Situation, by: 'rule' | 'rule or default', without: Without = {}): Formula {
  return layersOf(world, at, without).reduceRight(
    (rest, { allows, denies }) => ite(allows, TRUE, ite(denies, FALSE, rest)),
    by === 'rule' ? FALSE : TRUE,
  );
}

/** Admin first, then NetworkPolicy for the pods that one selects, then Baseline for the others; on Calico its tiers. */
function layersOf(world: World, at: Situation, without: Without): Layer[] {
  const { manifests, graph } = world;
  if (graph.cluster.engine === 'calico') return calicoLayers(world, at, without);
  const ranked = clusterNetworkPolicies(manifests);
  return [
    rankedLayer(inTier(ranked, 'Admin'), at, without),
    networkPolicyLayer(networkPolicies(manifests), at, without),
    rankedLayer(inTier(ranked, 'Baseline'), at, without),
  ];
}
