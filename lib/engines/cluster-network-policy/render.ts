import type { GraphData } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import { render as renderNetworkPolicies } from '../kubernetes/render';
import { withOrigin } from '../kubernetes/with-origin';
import type { PolicyManifest } from '../manifest';
import { guardrailPolicies } from './guardrails';

/** Guardrails as ClusterNetworkPolicies; namespaces and tiers as NetworkPolicies, which every such engine enforces. */
export function render(graph: GraphData, facts: ClusterFacts): PolicyManifest[] {
  return [...guardrailPolicies(graph.guardrails ?? [], facts), ...renderNetworkPolicies(graph, facts).map(withOrigin)];
}
