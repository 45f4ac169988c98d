/** Objects that are in order, but for what is given: each engine's own kinds. */

export type Json = Readonly<Record<string, unknown>>;

const metadata = { name: 'it', namespace: 'shop' };

export const networkPolicy = (spec: Json): Json => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata,
  spec: { podSelector: {}, ...spec },
});

const cilium = (spec: Json): Json => ({
  apiVersion: 'cilium.io/v2',
  kind: 'CiliumNetworkPolicy',
  metadata,
  spec: { endpointSelector: {}, ...spec },
});

export const ofCilium = {
  policy: cilium,
  ingress: (rule: Json) => cilium({ ingress: [rule] }),
  egress: (rule: Json) => cilium({ egress: [rule] }),
  clusterwide: (spec: Json): Json => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumClusterwideNetworkPolicy',
    metadata: { name: 'it' },
    spec,
  }),
};

const calico = (spec: Json): Json => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata,
  spec: { types: ['Ingress', 'Egress'], ...spec },
});

export const ofCalico = {
  policy: calico,
  ingress: (rule: Json) => calico({ ingress: [{ action: 'Allow', ...rule }] }),
  egress: (rule: Json) => calico({ egress: [{ action: 'Allow', ...rule }] }),
};

const antrea = (spec: Json): Json => ({
  apiVersion: 'crd.antrea.io/v1beta1',
  kind: 'NetworkPolicy',
  metadata,
  spec: { priority: 5, appliedTo: [{ podSelector: {} }], ...spec },
});

const antreaOfCluster = (spec: Json): Json => ({
  apiVersion: 'crd.antrea.io/v1beta1',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'it' },
  spec: { priority: 5, appliedTo: [{ podSelector: {} }], ...spec },
});

export const ofAntrea = {
  policy: antrea,
  ingress: (rule: Json) => antrea({ ingress: [{ action: 'Allow', ...rule }] }),
  egress: (rule: Json) => antrea({ egress: [{ action: 'Allow', ...rule }] }),
  ofCluster: antreaOfCluster,
  ingressOfCluster: (rule: Json) => antreaOfCluster({ ingress: [{ action: 'Allow', ...rule }] }),
  tier: (name: string, priority: number): Json => ({
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'Tier',
    metadata: { name },
    spec: { priority },
  }),
};

const cnp = (spec: Json): Json => ({
  apiVersion: 'policy.networking.k8s.io/v1alpha2',
  kind: 'ClusterNetworkPolicy',
  metadata: { name: 'it' },
  spec: { tier: 'Admin', priority: 10, subject: { namespaces: {} }, ...spec },
});

export const ofClusterNetworkPolicy = {
  policy: cnp,
  ingress: (rule: Json) => cnp({ ingress: [{ action: 'Accept', from: [{ namespaces: {} }], ...rule }] }),
  egress: (rule: Json) => cnp({ egress: [{ action: 'Accept', to: [{ networks: ['192.0.2.0/24'] }], ...rule }] }),
};

/** Kinds that decide on connections and that nothing here reads. */
export const unread = (apiVersion: string, kind: string, spec: Json): Json => {
  const isClusterWide = /^(Baseline)?(Admin|Cluster)NetworkPolicy$/.test(kind);
  // The name by which an EgressFirewall counts.
  return { apiVersion, kind, metadata: isClusterWide ? { name: 'it' } : { ...metadata, name: 'default' }, spec };
};
