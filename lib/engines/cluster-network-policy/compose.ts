import { clashes } from '../../kinds/clashes';
import { objectText } from '../../kinds/manifest';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import { experimentalFields } from '../../kinds/policy.networking.k8s.io/experimental';
import {
  ADMIN_NETWORK_POLICY,
  BASELINE_ADMIN_NETWORK_POLICY,
  CLUSTER_NETWORK_POLICY,
} from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import { asUncertain } from '../../kinds/uncertain-policy';
import type { Plane } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { layersAround, networkPolicies } from './compose-layers';

/** The kinds that are enforced beside NetworkPolicy. */
export const KINDS: readonly string[] = [CLUSTER_NETWORK_POLICY, ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY];

/**
 * Admin decides first, then NetworkPolicy for every pod that one selects, then Baseline for the others (network-policy-api,
 * `ClusterNetworkPolicySpec.Tier`). A pod is selected for a direction that `policyTypes` names. AdminNetworkPolicy and
 * BaselineAdminNetworkPolicy are the same layers by their former names.
 *
 * Of policies with one priority the implementation may take any: the order by name is that of kube-network-policies.
 * Networks match pods by their address for the API; Cilium's implementation leaves pods out, so that the cluster's
 * `ipBlockMode` says it for them too.
 *
 * Which implementation it is, is not known: what some of them leave out is uncertain.
 */
export function compose({ rules, isolations, others = [] }: PoliciesRead, facts: ComposeFacts): Plane {
  const ranked = others.filter(({ kind, isStaged }) => KINDS.includes(kind) && isStaged !== true);
  const problems = [...clashes(ranked), ...bothGenerations(ranked)];
  const policies = ranked.map((reading) => (isEverywhere(reading, facts) ? reading : asUncertain(reading)));
  return {
    name: 'cluster-network-policy',
    layers: layersAround(networkPolicies(rules, isolations), policies),
    ipBlockMode: facts.ipBlockMode,
    ...(problems.length > 0 && { problems }),
  };
}

/** OVN-Kubernetes and Kube-OVN leave out every AdminNetworkPolicy above it; the API, and others, go on to 1000. */
export const LAST_PRIORITY_OF_OVN = 99;

/** Whether every implementation that the cluster may have takes and enforces it. */
function isEverywhere(reading: PolicyReading, { version, isByKinds }: ComposeFacts): boolean {
  if (experimentalFields(reading, version).length > 0) return false;
  if (reading.kind === CLUSTER_NETWORK_POLICY) return true;
  // A cluster that is said to enforce ClusterNetworkPolicy has an implementation that may know nothing of these two.
  return isByKinds === true && (reading.rank?.order ?? 0) <= LAST_PRIORITY_OF_OVN;
}

/** Implementations have one or the other, and where one has both, nothing says which is asked first. */
function bothGenerations(policies: readonly PolicyReading[]): Problem[] {
  const tier = policies.find(({ kind }) => kind === CLUSTER_NETWORK_POLICY);
  const admin = policies.find(({ kind }) => kind !== CLUSTER_NETWORK_POLICY);
  if (tier === undefined || admin === undefined) return [];
  return [
    {
      rule: 'engine-mixed',
      ...(admin.policy.source !== undefined && { where: admin.policy.source }),
      what: `${objectText(admin.policy)} and ${objectText(tier.policy)} are of two generations of one API, and nothing says which of them is asked first`,
      value: admin.kind,
      allowed: 'ClusterNetworkPolicy, or AdminNetworkPolicy and BaselineAdminNetworkPolicy',
      fix: 'Write them as ClusterNetworkPolicies of the tiers Admin and Baseline.',
    },
  ];
}
