import { compareText, type GraphData, type GraphTier, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { ManifestOrigin, PolicyManifest } from '../manifest';
import { openingsByTier, type TierOpenings } from '../openings';
import { DEFAULT_DENY } from '../policy-kinds';
import { withDnsProxy } from './dns';
import { type EndpointSelector, podsInside } from './endpoint-selector';
import { guardrailPolicies } from './guardrails';
import { type CiliumRule, rules } from './rules';

/**
 * The objects that allow what the graph says and nothing else, all of Cilium's own kinds: NetworkPolicies beside them would
 * add up, and one that lets a port through whole would undo a rule about requests there.
 *
 * Requests are written at both ends of a flow. Each end then holds by itself, also where the other one is somebody else's
 * or has a policy of somebody else that lets more through.
 */
export function render(graph: GraphData, facts: ClusterFacts): PolicyManifest[] {
  const openings = openingsByTier(graph.flows);
  return [
    ...guardrailPolicies(graph.guardrails ?? [], graph.hostGuardrails ?? []),
    ...graph.namespaces.map(({ name }) => defaultDeny(name)),
    ...graph.tiers.map((tier) => tierPolicy(tier, openings.get(tierKey(tier)), facts)),
  ].sort(byPlace);
}

/** A rule that names nobody lets nobody through, and makes its direction denied by default; no rule would be refused. */
const NOBODY: readonly CiliumRule[] = [{}];

function defaultDeny(namespace: string): PolicyManifest {
  return policy(namespace, DEFAULT_DENY, { kind: 'namespace', namespace }, {}, NOBODY, NOBODY);
}

function tierPolicy(tier: GraphTier, openings: TierOpenings | undefined, facts: ClusterFacts): PolicyManifest {
  const { namespace, name } = tier;
  const ingress = rules('ingress', namespace, openings?.ingress ?? []);
  const egress = rules('egress', namespace, withDnsProxy(openings?.egress ?? [], facts));
  return policy(
    namespace,
    name,
    { kind: 'tier', namespace, name },
    podsInside(tier.pods.pods),
    ingress.length === 0 ? NOBODY : ingress,
    egress.length === 0 ? NOBODY : egress,
  );
}

function policy(
  namespace: string,
  name: string,
  of: ManifestOrigin,
  endpointSelector: EndpointSelector,
  ingress: readonly CiliumRule[],
  egress: readonly CiliumRule[],
): PolicyManifest {
  return {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name, namespace },
    spec: { endpointSelector, ingress, egress },
    of,
  };
}

function byPlace({ metadata: a }: PolicyManifest, { metadata: b }: PolicyManifest): number {
  return compareText(a.namespace ?? '', b.namespace ?? '') || compareText(a.name, b.name);
}
