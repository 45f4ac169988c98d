/**
 * What a kind of object is read for. `policy`: decides on connections. `world`: who exists, and what they say of themselves.
 * `owner`: only whose pods are whose. `facts`: what the cluster is, for `cluster facts` and `cluster verify`.
 */
export type Purpose = 'policy' | 'world' | 'owner' | 'facts';

/** A resource of the API that may be read. */
export interface LiveResource {
  /** `''` for the core group. */
  readonly group: string;
  /** As paths and RBAC have it. */
  readonly resource: string;
  readonly kind: string;
  readonly purpose: Purpose;
  readonly isNamespaced: boolean;
}

/** `group resource Kind N|C purpose`; `core` is the group without a name. Scopes and names as the projects' CRDs have them. */
const ROWS = `
core namespaces Namespace C world
core pods Pod N world
core services Service N world
core replicationcontrollers ReplicationController N world
apps deployments Deployment N world
apps replicasets ReplicaSet N owner
apps statefulsets StatefulSet N world
apps daemonsets DaemonSet N world
batch jobs Job N world
batch cronjobs CronJob N world
networking.k8s.io ingresses Ingress N world
networking.k8s.io networkpolicies NetworkPolicy N policy
policy.networking.k8s.io clusternetworkpolicies ClusterNetworkPolicy C policy
policy.networking.k8s.io adminnetworkpolicies AdminNetworkPolicy C policy
policy.networking.k8s.io baselineadminnetworkpolicies BaselineAdminNetworkPolicy C policy
cilium.io ciliumnetworkpolicies CiliumNetworkPolicy N policy
cilium.io ciliumclusterwidenetworkpolicies CiliumClusterwideNetworkPolicy C policy
cilium.io ciliumlocalredirectpolicies CiliumLocalRedirectPolicy N policy
cilium.io ciliumcidrgroups CiliumCIDRGroup C policy
projectcalico.org networkpolicies NetworkPolicy N policy
projectcalico.org globalnetworkpolicies GlobalNetworkPolicy C policy
projectcalico.org stagednetworkpolicies StagedNetworkPolicy N policy
projectcalico.org stagedglobalnetworkpolicies StagedGlobalNetworkPolicy C policy
projectcalico.org stagedkubernetesnetworkpolicies StagedKubernetesNetworkPolicy N policy
projectcalico.org tiers Tier C policy
projectcalico.org networksets NetworkSet N policy
projectcalico.org globalnetworksets GlobalNetworkSet C policy
projectcalico.org hostendpoints HostEndpoint C policy
crd.projectcalico.org networkpolicies NetworkPolicy N policy
crd.projectcalico.org globalnetworkpolicies GlobalNetworkPolicy C policy
crd.projectcalico.org tiers Tier C policy
crd.projectcalico.org networksets NetworkSet N policy
crd.projectcalico.org globalnetworksets GlobalNetworkSet C policy
crd.projectcalico.org hostendpoints HostEndpoint C policy
crd.antrea.io networkpolicies NetworkPolicy N policy
crd.antrea.io clusternetworkpolicies ClusterNetworkPolicy C policy
crd.antrea.io tiers Tier C policy
crd.antrea.io groups Group N policy
crd.antrea.io clustergroups ClusterGroup C policy
networking.k8s.aws applicationnetworkpolicies ApplicationNetworkPolicy N policy
networking.k8s.aws clusternetworkpolicies ClusterNetworkPolicy C policy
networking.gke.io fqdnnetworkpolicies FQDNNetworkPolicy N policy
k8s.ovn.org egressfirewalls EgressFirewall N policy
k8s.ovn.org userdefinednetworks UserDefinedNetwork N policy
k8s.ovn.org clusteruserdefinednetworks ClusterUserDefinedNetwork C policy
security.istio.io authorizationpolicies AuthorizationPolicy N policy
security.istio.io peerauthentications PeerAuthentication N policy
core nodes Node C facts
core configmaps ConfigMap N facts
discovery.k8s.io endpointslices EndpointSlice N facts
networking.k8s.io servicecidrs ServiceCIDR C facts
cilium.io ciliumnodeconfigs CiliumNodeConfig N facts
cilium.io ciliumpodippools CiliumPodIPPool C facts
projectcalico.org felixconfigurations FelixConfiguration C facts
projectcalico.org ippools IPPool C facts
projectcalico.org clusterinformations ClusterInformation C facts
crd.projectcalico.org felixconfigurations FelixConfiguration C facts
crd.projectcalico.org ippools IPPool C facts
crd.projectcalico.org clusterinformations ClusterInformation C facts
config.openshift.io networks Network C facts
`;

export const LIVE_RESOURCES: readonly LiveResource[] = ROWS.trim()
  .split('\n')
  .map((row) => {
    const [group, resource, kind, scope, purpose] = row.split(' ');
    return {
      group: group === 'core' ? '' : group,
      resource,
      kind,
      isNamespaced: scope === 'N',
      purpose: purpose as Purpose,
    };
  });

/** A ConfigMap that says how an engine is set up. Only these are read, each by its name: others may hold secrets. */
export interface SettingsMap {
  readonly namespace: string;
  readonly name: string;
}

export const SETTINGS_MAPS: readonly SettingsMap[] = [
  { namespace: 'kube-system', name: 'cilium-config' },
  { namespace: 'kube-system', name: 'amazon-vpc-cni' },
  { namespace: 'kube-system', name: 'antrea-config' },
  { namespace: 'kube-system', name: 'kubeadm-config' },
  { namespace: 'kube-flannel', name: 'kube-flannel-cfg' },
];

/** The stored form of Calico is read where nothing serves the other: both have the same objects. */
export const CALICO = 'projectcalico.org';
export const CALICO_STORED = 'crd.projectcalico.org';
