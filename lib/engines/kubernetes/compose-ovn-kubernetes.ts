import { clashes } from '../../kinds/clashes';
import { doubtOfPolicies, whereOf } from '../../kinds/doubtful';
import { objectText } from '../../kinds/manifest';
import type { PoliciesRead } from '../../kinds/policies-read';
import { experimentalFields } from '../../kinds/policy.networking.k8s.io/experimental';
import { ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY } from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import type { Layer, PlaneDoubt } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';
import { LAST_PRIORITY_OF_OVN } from '../cluster-network-policy/compose';
import { layersAround } from '../cluster-network-policy/compose-layers';

/** What OVN-Kubernetes enforces beside NetworkPolicy: it has no ClusterNetworkPolicy. */
export const OVN_KUBERNETES_KINDS: readonly string[] = [ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY];

/** OpenShift from 4.14 on, which is Kubernetes 1.27. `platform` is a title of `lib/cluster/platforms`. */
export function hasAdminPolicies(platform: string | undefined, version: string | undefined): boolean {
  return platform === 'OpenShift' && isAtLeast(version, '1.27');
}

/**
 * The layers of OVN-Kubernetes, which has the API of release 0.1.5 with nodes and names of ports (go-controller,
 * `pkg/ovn/controller/admin_network_policy`): a policy with domainNames is refused by its definition, and one of a priority
 * above 99 by its controller, before any rule of it is set up.
 */
export function ovnKubernetesLayers(
  middle: Layer,
  { others = [] }: PoliciesRead,
): { readonly layers: readonly Layer[]; readonly doubts: readonly PlaneDoubt[] } {
  const policies = others.filter(({ kind }) => OVN_KUBERNETES_KINDS.includes(kind));
  if (policies.length === 0) return { layers: [middle], doubts: [] };
  const notApplied = policies.flatMap((policy) =>
    whyNotApplied(policy).map((problem) => doubtOfPolicies(problem, [policy])),
  );
  const applied = policies.filter((policy) => whyNotApplied(policy).length === 0);
  return { layers: layersAround(middle, applied), doubts: [...notApplied, ...clashes(applied)] };
}

function whyNotApplied(reading: PolicyReading): Problem[] {
  const order = reading.rank?.order ?? 0;
  return [
    ...(order > LAST_PRIORITY_OF_OVN && Number.isFinite(order) ? [priorityProblem(reading, order)] : []),
    ...(experimentalFields(reading).includes('domainNames') ? [namesProblem(reading)] : []),
  ];
}

function priorityProblem({ policy }: PolicyReading, priority: number): Problem {
  return {
    rule: 'ovn-kubernetes-priority',
    ...whereOf(policy),
    what: `OVN-Kubernetes does not apply ${objectText(policy)}, whose priority is ${priority}, so on this cluster it decides nothing`,
    value: String(priority),
    allowed: `priorities from 0 to ${LAST_PRIORITY_OF_OVN}`,
    fix: 'Give it a lower priority that no other policy has.',
  };
}

function namesProblem({ policy }: PolicyReading): Problem {
  return {
    rule: 'ovn-kubernetes-domain-names',
    ...whereOf(policy),
    what: `OpenShift refuses ${objectText(policy)}: its definition of the kind has no domainNames, so that their peer is left empty`,
    value: 'domainNames',
    allowed: 'namespaces, pods, networks and nodes',
    fix: 'Name the addresses as networks, or the names in an EgressFirewall of the namespace.',
  };
}
