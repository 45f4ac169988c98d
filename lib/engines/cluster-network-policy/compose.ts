import { clashes } from '../../kinds/clashes';
import { doubtOfPolicies, problemsOf, whereOf } from '../../kinds/doubtful';
import { objectText } from '../../kinds/manifest';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import { experimentalFields, ofChannel } from '../../kinds/policy.networking.k8s.io/experimental';
import {
  ADMIN_NETWORK_POLICY,
  BASELINE_ADMIN_NETWORK_POLICY,
  CLUSTER_NETWORK_POLICY,
} from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import { asUncertain, type Uncertainty } from '../../kinds/uncertain-policy';
import type { Plane, PlaneDoubt } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { layersAround, networkPolicies } from './compose-layers';

/** The kinds that are enforced beside NetworkPolicy. */
export const KINDS: readonly string[] = [CLUSTER_NETWORK_POLICY, ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY];

/** OVN-Kubernetes and Kube-OVN leave out every AdminNetworkPolicy above it; the API, and others, go on to 1000. */
export const LAST_PRIORITY_OF_OVN = 99;

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
  const doubts = [...clashes(ranked), ...bothGenerations(ranked)];
  const policies = ranked.map((reading) => {
    const uncertainty = uncertaintyOf(reading, facts);
    return uncertainty === undefined ? reading : asUncertain(reading, uncertainty);
  });
  return {
    name: 'cluster-network-policy',
    layers: layersAround(networkPolicies(rules, isolations), policies),
    ipBlockMode: facts.ipBlockMode,
    ...problemsOf(doubts),
  };
}

/** Why not every implementation that the cluster may have takes and enforces it; undefined where each does. */
function uncertaintyOf(reading: PolicyReading, { version, isByKinds }: ComposeFacts): Uncertainty | undefined {
  const fields = experimentalFields(reading, version);
  if (fields.length > 0) return ofChannel(fields);
  if (reading.kind === CLUSTER_NETWORK_POLICY) return undefined;
  if (isByKinds !== true) return FORMER_GENERATION;
  return (reading.rank?.order ?? 0) <= LAST_PRIORITY_OF_OVN ? undefined : HIGH_PRIORITY;
}

const FORMER_GENERATION: Uncertainty = {
  why: 'the cluster is said to enforce ClusterNetworkPolicy, and its network plugin may know nothing of what came before it',
  fix: 'Write it as a ClusterNetworkPolicy.',
};

const HIGH_PRIORITY: Uncertainty = {
  why: `its priority is above ${LAST_PRIORITY_OF_OVN}, and OVN-Kubernetes and Kube-OVN leave such a policy out`,
  fix: `Give it a priority of ${LAST_PRIORITY_OF_OVN} or less, or say what the cluster runs.`,
};

/** Implementations have one or the other, and where one has both, nothing says which is asked first. */
function bothGenerations(policies: readonly PolicyReading[]): PlaneDoubt[] {
  const tier = policies.find(({ kind }) => kind === CLUSTER_NETWORK_POLICY);
  const admin = policies.find(({ kind }) => kind !== CLUSTER_NETWORK_POLICY);
  if (tier === undefined || admin === undefined) return [];
  const problem: Problem = {
    rule: 'engine-mixed',
    ...whereOf(admin.policy),
    what: `${objectText(admin.policy)} and ${objectText(tier.policy)} are of two generations of one API, and nothing says which of them is asked first`,
    value: admin.kind,
    allowed: 'ClusterNetworkPolicy, or AdminNetworkPolicy and BaselineAdminNetworkPolicy',
    fix: 'Write them as ClusterNetworkPolicies of the tiers Admin and Baseline.',
  };
  return [doubtOfPolicies(problem, policies)];
}
