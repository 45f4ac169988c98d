import type { GraphData } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import { DEFAULT_DENY, type NetworkPolicyManifest, render as renderNetworkPolicies } from '../kubernetes/render';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { guardrailPolicies } from './guardrails';

/** Guardrails as ClusterNetworkPolicies; namespaces and tiers as NetworkPolicies, which every such engine enforces. */
export function render(graph: GraphData, facts: ClusterFacts): PolicyManifest[] {
  return [...guardrailPolicies(graph.guardrails ?? [], facts), ...renderNetworkPolicies(graph, facts).map(withOrigin)];
}

function withOrigin(manifest: NetworkPolicyManifest): PolicyManifest {
  const { name, namespace } = manifest.metadata;
  const of: ManifestOrigin =
    name === DEFAULT_DENY ? { kind: 'namespace', namespace } : { kind: 'tier', namespace, name };
  return { ...manifest, of };
}
