/** Kinds that decide on connections: those that are read, and those that are not. Sources: the products' API types and controllers. */
export const POLICIES = `
applicationlayer.projectcalico.org GlobalWAFPlugin C decides-traffic u |  |  | HTTP refusal at the gateway; request level
applicationlayer.projectcalico.org GlobalWAFPolicy C decides-traffic u |  |  | HTTP refusal at the gateway; request level
applicationlayer.projectcalico.org GlobalWAFValidationPolicy C decides-traffic u |  |  | HTTP refusal at the gateway; request level
applicationlayer.projectcalico.org WAFPlugin N decides-traffic u |  |  | HTTP refusal at the gateway; request level
applicationlayer.projectcalico.org WAFPolicy N decides-traffic u |  |  | HTTP refusal at the gateway; request level
applicationlayer.projectcalico.org WAFValidationPolicy N decides-traffic u |  |  | HTTP refusal at the gateway; request level
cilium.io CiliumClusterwideEnvoyConfig C decides-traffic u |  |  | can send Service traffic through Envoy; L7 filters there may refuse
cilium.io CiliumClusterwideNetworkPolicy C read v
cilium.io CiliumEnvoyConfig N decides-traffic u |  |  | can send Service traffic through Envoy; L7 filters there may refuse
cilium.io CiliumLocalRedirectPolicy N decides-traffic v |  |  | moves traffic of an address or Service to a node-local pod: the policy then sees that pod (NodeLocal DNS)
cilium.io CiliumNetworkPolicy N read v
configuration.konghq.com KongClusterPlugin C decides-traffic u |  |  | ip-restriction, acl plugins: request level
configuration.konghq.com KongPlugin N decides-traffic u |  |  | ip-restriction, acl plugins: request level
consul.hashicorp.com Mesh N decides-traffic u |  |  | transparentProxy.meshDestinationsOnly keeps pods from leaving the mesh
consul.hashicorp.com ServiceIntentions N decides-traffic u
consul.hashicorp.com TrafficPermissions N decides-traffic u
crd.antrea.io ClusterNetworkPolicy C read v
crd.antrea.io ExternalEntity N decides-traffic v |  |  | an end outside the cluster that policies may select
crd.antrea.io ExternalNode N decides-traffic v |  |  | a machine outside the cluster that policies may select
crd.antrea.io NetworkPolicy N read v
crd.antrea.io Tier C read v
crd.projectcalico.org FelixConfiguration C decides-traffic u |  |  | defaultEndpointToHostAction (default Drop), failsafe ports, policySyncPathPrefix, wireguard; can turn verdicts
crd.projectcalico.org GlobalNetworkPolicy C decides-traffic v |  |  | as Calico stores it
crd.projectcalico.org GlobalNetworkSet C decides-traffic v |  |  | as Calico stores it
crd.projectcalico.org HostEndpoint C decides-traffic u |  |  | node interfaces; with it GlobalNetworkPolicy applies to hosts (applyOnForward too)
crd.projectcalico.org NetworkPolicy N decides-traffic v |  |  | as Calico stores it
crd.projectcalico.org NetworkSet N decides-traffic v |  |  | as Calico stores it
crd.projectcalico.org Tier C decides-traffic v |  |  | as Calico stores it
eks.amazonaws.com NodeClass C decides-traffic d |  |  | spec.networkPolicy DefaultAllow or DefaultDeny (Auto Mode)
extensions.istio.io TrafficExtension N decides-traffic v |  |  | a filter, which may refuse
extensions.istio.io WasmPlugin N decides-traffic v |  |  | a filter, which may refuse
gateway.envoyproxy.io EnvoyExtensionPolicy N decides-traffic u |  |  | filters of the gateway
gateway.envoyproxy.io EnvoyPatchPolicy N decides-traffic u |  |  | any setting of the gateway
gateway.envoyproxy.io SecurityPolicy N decides-traffic u |  |  | authorization at the gateway (client CIDRs, JWT): request level
hub.traefik.io AccessControlPolicy C decides-traffic u |  |  | requests at the gateway
k8s.ovn.org ClusterNetworkConnect C decides-traffic+other-network v |  |  | joins isolated networks again
k8s.ovn.org ClusterUserDefinedNetwork C decides-traffic+other-network v |  |  | role Primary keeps its namespaces apart from the others
k8s.ovn.org EgressFirewall N decides-traffic v |  |  | only the one named default; first match, else allow
k8s.ovn.org UserDefinedNetwork N decides-traffic+other-network v |  |  | role Primary keeps its namespaces apart from the others
kubeovn.io SecurityGroup C decides-traffic v |  |  | comes before NetworkPolicy, both ways
kubeovn.io Subnet C decides-traffic v |  |  | private keeps it apart; acls are rules of their own
kubeovn.io Vpc C decides-traffic u |  |  | pods of different VPCs cannot reach each other
kuma.io MeshPassthrough N decides-traffic u |  |  | egress outside the mesh
kuma.io MeshTrafficPermission N decides-traffic u
kuma.io TrafficPermission N decides-traffic u
multicluster.crd.antrea.io ResourceExport N decides-traffic u |  |  | may carry a ClusterNetworkPolicy to other clusters
multicluster.crd.antrea.io ResourceImport N decides-traffic u |  |  | may bring a ClusterNetworkPolicy of another cluster
network.openshift.io EgressNetworkPolicy N decides-traffic v |  |  | the egress firewall of openshift-sdn
network.openshift.io NetNamespace C decides-traffic v |  |  | namespaces of one netid may talk, on openshift-sdn
networking.gke.io FQDNNetworkPolicy N decides-traffic v |  |  | two products: the managed one isolates egress, the open source one writes a NetworkPolicy of the same name
networking.istio.io DestinationRule N decides-traffic d |  |  | tls.mode DISABLE to a STRICT server fails
networking.istio.io EnvoyFilter N decides-traffic v |  |  | any filter, which may refuse
networking.istio.io Sidecar N decides-traffic v |  |  | outboundTrafficPolicy REGISTRY_ONLY, egress.hosts scope; not a security control
networking.k8s.aws ApplicationNetworkPolicy N decides-traffic v |  |  | a NetworkPolicy with names of hosts
networking.k8s.aws ClusterNetworkPolicy C decides-traffic v |  |  | Admin and Baseline, rules without order
networking.k8s.aws ClusterPolicyEndpoint C decides-traffic v |  |  | made by the controller from policies; the agent of the node enforces one that is written by hand too
networking.k8s.aws PolicyEndpoint N decides-traffic v |  |  | made by the controller from policies; the agent of the node enforces one that is written by hand too
operator.openshift.io Network C decides-traffic v |  |  | spec.defaultNetwork: which engine, ovnKubernetesConfig; disableMultiNetwork, useMultiNetworkPolicy
policy.linkerd.io AuthorizationPolicy N decides-traffic v |  |  | lets into what a Server refuses
policy.linkerd.io EgressNetwork N decides-traffic u |  |  | trafficPolicy Allow or Deny
policy.linkerd.io HTTPLocalRateLimitPolicy N decides-traffic u |  |  | refuses requests
policy.linkerd.io HTTPRoute N decides-traffic u |  |  | names requests for an AuthorizationPolicy
policy.linkerd.io Server N decides-traffic v |  |  | by default refuses on its port what no authorization lets in
policy.linkerd.io ServerAuthorization N decides-traffic u |  |  | lets into what a Server refuses
policy.networking.k8s.io AdminNetworkPolicy C decides-traffic v |  |  | layers as those of ClusterNetworkPolicy
policy.networking.k8s.io BaselineAdminNetworkPolicy C decides-traffic v |  |  | layers as those of ClusterNetworkPolicy
policy.networking.k8s.io ClusterNetworkPolicy C read v
projectcalico.org FelixConfiguration C decides-traffic u |  |  | defaultEndpointToHostAction (default Drop), failsafe ports, policySyncPathPrefix, wireguard; can turn verdicts
projectcalico.org GlobalNetworkPolicy C read v
projectcalico.org GlobalNetworkSet C read v
projectcalico.org HostEndpoint C read v |  |  | node interfaces; policies of the cluster bind hosts by it
projectcalico.org NetworkPolicy N read v
projectcalico.org NetworkSet N read v
projectcalico.org StagedGlobalNetworkPolicy C read v |  |  | reported, never enforced
projectcalico.org StagedKubernetesNetworkPolicy N read v |  |  | reported, never enforced
projectcalico.org StagedNetworkPolicy N read v |  |  | reported, never enforced
projectcalico.org Tier C read v
security.istio.io AuthorizationPolicy N decides-traffic v |  |  | refuses what it does not allow, or denies
security.istio.io PeerAuthentication N decides-traffic v |  |  | STRICT refuses callers outside the mesh
security.istio.io RequestAuthentication N decides-traffic d |  |  | refuses only requests with a bad token; without AuthorizationPolicy a missing token passes
traefik.io Middleware N decides-traffic u |  |  | ipAllowList at the gateway: request level
traefik.io MiddlewareTCP N decides-traffic u |  |  | ipAllowList at the gateway: request level
vpcresources.k8s.aws SecurityGroupPolicy N decides-traffic d |  |  | EC2 security groups on selected pods (branch ENI); verdict needs data outside the cluster
`;
