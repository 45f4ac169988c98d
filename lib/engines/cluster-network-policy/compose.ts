import { clashes } from '../../kinds/clashes';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import type { PolicyReading } from '../../kinds/policy-reading';
import type { Layer, Plane } from '../../model/layer';

/** The one kind that is enforced beside NetworkPolicy. */
export const CLUSTER_NETWORK_POLICY = 'policy.networking.k8s.io/ClusterNetworkPolicy';

/**
 * Admin decides first, then NetworkPolicy for every pod that one selects, then Baseline for the others (network-policy-api,
 * `ClusterNetworkPolicySpec.Tier`). A pod is selected for a direction that `policyTypes` names.
 *
 * Of policies with one priority the implementation may take any: the order by name is that of kube-network-policies.
 * Networks match pods by their address for the API; Cilium's implementation leaves pods out, so that the cluster's
 * `ipBlockMode` says it for them too.
 */
export function compose({ rules, isolations, others = [] }: PoliciesRead, { ipBlockMode }: ComposeFacts): Plane {
  const ranked = others.filter(({ kind, isStaged }) => kind === CLUSTER_NETWORK_POLICY && isStaged !== true);
  const problems = clashes(ranked);
  return {
    name: 'cluster-network-policy',
    layers: [
      tier('Admin', ranked),
      { name: 'NetworkPolicy', order: 'union', rules, isolations, otherwise: 'deny' },
      tier('Baseline', ranked),
    ],
    ipBlockMode,
    ...(problems.length > 0 && { problems }),
  };
}

function tier(name: string, policies: readonly PolicyReading[]): Layer {
  const ofTier = policies.filter(({ rank }) => rank?.layer === name).sort(byPriority);
  return { name, order: 'ranked', rules: ofTier.flatMap(({ rules }) => rules), isolations: [], otherwise: 'next' };
}

function byPriority(a: PolicyReading, b: PolicyReading): number {
  const difference = (a.rank?.order ?? 0) - (b.rank?.order ?? 0);
  return difference === 0 ? compareNames(a.policy.name, b.policy.name) : difference;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
