/** Kinds that give pods other networks, or traffic other ways, and decide on no connection by themselves. */
export const NETWORKS = `
cilium.io CiliumEgressGatewayPolicy C other-network v |  |  | source address only; no verdict
crd.antrea.io Egress C other-network v |  |  | source address; no verdict
crd.antrea.io TrafficControl C other-network u |  |  | mirror or redirect; Redirect changes the path, not the verdict
crd.k8s.amazonaws.com ENIConfig C other-network u |  |  | custom networking: subnet and security groups of pods per node
crd.projectcalico.org EgressGatewayPolicy C other-network v |  |  | enterprise; routing
crd.projectcalico.org ExternalNetwork C other-network v |  |  | enterprise; routing
k8s.cni.cncf.io MultiNetworkPolicy N other-network v |  |  | decides on the networks in annotation k8s.v1.cni.cncf.io/policy-for only
k8s.cni.cncf.io NetworkAttachmentDefinition N other-network v |  |  | further interfaces of pods
k8s.ovn.org AdminPolicyBasedExternalRoute C other-network v |  |  | paths
k8s.ovn.org EgressIP C other-network v |  |  | source addresses
k8s.ovn.org EgressService N other-network v |  |  | source addresses
k8s.ovn.org RouteAdvertisements C other-network v |  |  | paths; a setting can loosen the isolation of networks
k8s.ovn.org Uplink C other-network v |  |  | paths
k8s.ovn.org UplinkState C other-network v |  |  | paths
k8s.ovn.org VTEP C other-network v |  |  | paths
kubeovn.io BgpConf C other-network v
kubeovn.io DNSNameResolver C other-network v
kubeovn.io EvpnConf C other-network v
kubeovn.io IP C other-network v
kubeovn.io IPPool C other-network v
kubeovn.io IptablesDnatRule C other-network v
kubeovn.io IptablesEIP C other-network v
kubeovn.io IptablesFIPRule C other-network v
kubeovn.io IptablesSnatRule C other-network v
kubeovn.io OvnDnatRule C other-network v
kubeovn.io OvnEip C other-network v
kubeovn.io OvnFip C other-network v
kubeovn.io OvnSnatRule C other-network v
kubeovn.io ProviderNetwork C other-network v
kubeovn.io QoSPolicy C other-network v
kubeovn.io RouterLBRule C other-network v
kubeovn.io SwitchLBRule C other-network v
kubeovn.io Vip C other-network v
kubeovn.io Vlan C other-network v
kubeovn.io VpcDns C other-network v
kubeovn.io VpcEgressGateway N other-network v
kubeovn.io VpcNatGateway C other-network v
networking.gke.io EgressNATPolicy ? other-network u |  |  | source addresses only
networking.gke.io GKENetworkParamSet C other-network u |  |  | networks of pods with several
networking.gke.io Network C other-network u |  |  | networks of pods with several
projectcalico.org EgressGatewayPolicy C other-network v |  |  | enterprise; routing
projectcalico.org ExternalNetwork C other-network v |  |  | enterprise; routing
`;
