import { policyReaderOf } from '../kinds/readers';

type Scope = 'namespaced' | 'cluster';

/**
 * Kinds that decide on connections and have no reader, by group: beside one of them every verdict could be wrong. Kinds
 * that decide nothing by themselves (groups, routes, what controllers derive from policies) are not here, but an order of
 * policies is, and addresses that policies may select: they cannot be judged without.
 */
const UNREAD: Readonly<Record<string, Readonly<Record<string, Scope>>>> = {
  // As Calico stores them; clients that bypass its API server write them so.
  'crd.projectcalico.org': {
    NetworkPolicy: 'namespaced',
    GlobalNetworkPolicy: 'cluster',
    Tier: 'cluster',
    // Any selector that holds for its labels lets its addresses through.
    NetworkSet: 'namespaced',
    GlobalNetworkSet: 'cluster',
  },
  'security.istio.io': { AuthorizationPolicy: 'namespaced', PeerAuthentication: 'namespaced' },
  // Its outbound traffic policy can refuse every host that the mesh does not know.
  'networking.istio.io': { Sidecar: 'namespaced' },
  'networking.gke.io': { FQDNNetworkPolicy: 'namespaced' },
  'networking.k8s.aws': { ApplicationNetworkPolicy: 'namespaced', ClusterNetworkPolicy: 'cluster' },
  'k8s.ovn.org': { EgressFirewall: 'namespaced' },
};

/** A kind that decides on connections and that nothing here reads. */
export function isUnreadPolicy(group: string, kind: string): boolean {
  return scopeOf(group, kind) !== undefined;
}

/** Of the kinds that have a bearing here. */
export function isClusterWide(group: string, kind: string): boolean {
  if (group === '') return kind === 'Namespace';
  return policyReaderOf(group, kind)?.isClusterWide ?? scopeOf(group, kind) === 'cluster';
}

function scopeOf(group: string, kind: string): Scope | undefined {
  const kinds = Object.hasOwn(UNREAD, group) ? UNREAD[group] : {};
  return Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
}
