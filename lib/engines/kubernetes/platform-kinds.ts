import type { ClusterFacts } from '../../model/cluster-facts';

/** What a platform has beside NetworkPolicy, as clauses that follow a reason. */
interface OwnKinds {
  readonly hosts?: string;
  readonly guardrails?: string;
}

const GKE: OwnKinds = {
  // GKE documentation, "Control egress traffic with FQDN network policies": Dataplane V2, at most 50 addresses for a name.
  hosts: 'GKE has FQDNNetworkPolicy of networking.gke.io/v1alpha1 for them, which is not rendered yet',
};

const AWS_GUARDRAILS =
  'AWS has a ClusterNetworkPolicy of its own, networking.k8s.aws/v1alpha1, which is not rendered yet';

/** By the title of the platform (`lib/cluster/platforms.ts`). */
export const OWN_KINDS: Readonly<Record<string, OwnKinds>> = {
  // Amazon EKS user guide, "Kubernetes network policies": names are for nodes of Auto Mode alone.
  EKS: {
    hosts:
      'on EKS only Auto Mode knows names, by ApplicationNetworkPolicy of networking.k8s.aws/v1alpha1, which is not rendered yet',
    guardrails: AWS_GUARDRAILS,
  },
  'EKS Auto Mode': {
    hosts:
      'EKS Auto Mode has ApplicationNetworkPolicy of networking.k8s.aws/v1alpha1 for them, which is not rendered yet',
    guardrails: AWS_GUARDRAILS,
  },
  'GKE Standard': GKE,
  'GKE Autopilot': GKE,
  // OpenShift documentation, "Egress Firewall": one in a namespace, which allows what no rule denies.
  OpenShift: {
    hosts: 'OVN-Kubernetes has EgressFirewall of k8s.ovn.org/v1 for them, which is not rendered yet',
    guardrails:
      'OVN-Kubernetes has AdminNetworkPolicy of policy.networking.k8s.io/v1alpha1 for that, which is not rendered yet',
  },
};

// Istio documentation, "AuthorizationPolicy": it knows clients by their service accounts, and only what comes in.
const MESH =
  'a mesh with mutual TLS can, as Istio does by AuthorizationPolicy of security.istio.io/v1, which is not rendered yet';

/** The reason, and the kind that could be meant instead where this platform has one. */
export function beside(reason: string, need: keyof OwnKinds | 'requests', facts: Partial<ClusterFacts>): string {
  const { platform = '', encryption } = facts;
  const mesh = encryption === 'mutual TLS' ? MESH : undefined;
  const kind = need === 'requests' ? mesh : Object.hasOwn(OWN_KINDS, platform) ? OWN_KINDS[platform][need] : undefined;
  return kind === undefined ? reason : `${reason}; ${kind}`;
}
