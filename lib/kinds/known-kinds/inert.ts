/** Kinds that neither decide on connections nor make pods. */
export const INERT = `
agent.open-cluster-management.io KlusterletAddonConfig ? inert u
autoscaling.internal.knative.dev Metric ? inert v
autoscaling.internal.knative.dev PodAutoscaler ? inert v
bootstrap.cluster.x-k8s.io KubeadmConfig ? inert v
bootstrap.cluster.x-k8s.io KubeadmConfigTemplate ? inert v
ceph.rook.io CephBlockPool ? inert u
ceph.rook.io CephBlockPoolRadosNamespace ? inert u
ceph.rook.io CephBucketNotification ? inert u
ceph.rook.io CephBucketTopic ? inert u
ceph.rook.io CephCOSIDriver ? inert u
ceph.rook.io CephClient ? inert u
ceph.rook.io CephFilesystemSubVolumeGroup ? inert u
ceph.rook.io CephObjectRealm ? inert u
ceph.rook.io CephObjectStoreUser ? inert u
ceph.rook.io CephObjectZone ? inert u
ceph.rook.io CephObjectZoneGroup ? inert u
cert-manager.io Certificate N inert v
cert-manager.io CertificateRequest N inert v
cert-manager.io ClusterIssuer C inert v
cert-manager.io Issuer N inert v
cilium.io CiliumBGPAdvertisement ? inert v
cilium.io CiliumBGPClusterConfig ? inert v
cilium.io CiliumBGPNodeConfig ? inert v
cilium.io CiliumBGPNodeConfigOverride ? inert v
cilium.io CiliumBGPPeerConfig ? inert v
cilium.io CiliumCIDRGroup C inert v |  |  | addresses for policies that name it, which are not read
cilium.io CiliumDatapathPlugin ? inert v
cilium.io CiliumEndpoint ? inert v
cilium.io CiliumEndpointSlice ? inert v
cilium.io CiliumGatewayClassConfig ? inert v
cilium.io CiliumIdentity ? inert v
cilium.io CiliumL2AnnouncementPolicy ? inert v
cilium.io CiliumLoadBalancerIPPool ? inert v
cilium.io CiliumNode ? inert v
cilium.io CiliumNodeConfig ? inert v
cilium.io CiliumPodIPPool ? inert v
cluster.x-k8s.io Cluster ? inert u
cluster.x-k8s.io ClusterClass ? inert u
cluster.x-k8s.io Machine ? inert u
cluster.x-k8s.io MachineDeployment ? inert u
cluster.x-k8s.io MachineHealthCheck ? inert u
cluster.x-k8s.io MachinePool ? inert u
cluster.x-k8s.io MachineSet ? inert u
consul.hashicorp.com ControlPlaneRequestLimit ? inert u
consul.hashicorp.com ExportedServices ? inert u
consul.hashicorp.com GatewayClassConfig ? inert u
consul.hashicorp.com GatewayPolicy ? inert u
consul.hashicorp.com IngressGateway ? inert u
consul.hashicorp.com JWTProvider ? inert u
consul.hashicorp.com MeshService ? inert u
consul.hashicorp.com ProxyDefaults ? inert u
consul.hashicorp.com SamenessGroup ? inert u
consul.hashicorp.com ServiceDefaults ? inert u
consul.hashicorp.com ServiceResolver ? inert u
consul.hashicorp.com ServiceRouter ? inert u
consul.hashicorp.com ServiceSplitter ? inert u
consul.hashicorp.com TerminatingGateway ? inert u
controlplane.cluster.x-k8s.io KubeadmControlPlane ? inert v
crd.antrea.io ClusterGroup C inert v |  |  | pods or addresses for policies that name it, with which it is read
crd.antrea.io Group N inert v |  |  | pods or addresses for policies that name it, with which it is read
crd.projectcalico.org DeepPacketInspection N inert v
crd.projectcalico.org PacketCapture N inert v
crd.projectcalico.org StagedGlobalNetworkPolicy C inert v
crd.projectcalico.org StagedKubernetesNetworkPolicy N inert v
crd.projectcalico.org StagedNetworkPolicy N inert v
expansion.gatekeeper.sh ExpansionTemplate C inert v
external-secrets.io ClusterExternalSecret C inert v
external-secrets.io ClusterPushSecret C inert v
external-secrets.io ClusterSecretStore C inert v
external-secrets.io ExternalSecret N inert v |  |  | a template can make any manifest? Secrets only, except spec.target.manifest
external-secrets.io PushSecret N inert v
external-secrets.io SecretStore N inert v
flink.apache.org FlinkSessionJob ? inert u
flink.apache.org FlinkStateSnapshot ? inert u
flow.volcano.sh JobFlow ? inert u
flow.volcano.sh JobTemplate ? inert u
gateway.networking.k8s.io BackendLBPolicy N inert v
gateway.networking.k8s.io BackendTLSPolicy N inert v
gateway.networking.k8s.io GRPCRoute N inert v
gateway.networking.k8s.io GatewayClass C inert v
gateway.networking.k8s.io HTTPRoute N inert v
gateway.networking.k8s.io ListenerSet N inert v
gateway.networking.k8s.io ReferenceGrant N inert v
gateway.networking.k8s.io TCPRoute N inert v
gateway.networking.k8s.io TLSRoute N inert v
gateway.networking.k8s.io UDPRoute N inert v
gateway.networking.x-k8s.io XBackend N inert v
gateway.networking.x-k8s.io XBackendTrafficPolicy N inert v
gateway.networking.x-k8s.io XListenerSet N inert v
gateway.networking.x-k8s.io XMesh C inert v
k8s.ovn.org EgressQoS N inert v
k8s.ovn.org NetworkQoS N inert v
kagent.dev AgentHarness N inert u
kagent.dev AgentTemplate N inert u
kagent.dev Harness N inert u
kagent.dev Memory N inert u
kagent.dev ModelConfig N inert u
kagent.dev ModelProviderConfig N inert u
kagent.dev RemoteMCPServer N inert u
karpenter.k8s.aws EC2NodeClass ? inert u
karpenter.sh NodeClaim C inert v
karpenter.sh NodePool ? inert v
keda.sh ClusterTriggerAuthentication C inert v
keda.sh ScaledObject N inert v
keda.sh TriggerAuthentication N inert v
kubeflow.org ClusterTrainingRuntime C inert v | spec.template.spec.replicatedJobs[].template.spec.template |  | template for TrainJob: spec.template.spec.replicatedJobs[].template.spec.template
kubeflow.org TrainingRuntime N inert v | spec.template.spec.replicatedJobs[].template.spec.template |  | template for TrainJob: spec.template.spec.replicatedJobs[].template.spec.template
kubernetes.dask.org DaskAutoscaler N inert v
kueue.x-k8s.io AdmissionCheck C inert v
kueue.x-k8s.io ClusterQueue C inert v
kueue.x-k8s.io Cohort C inert v
kueue.x-k8s.io LocalQueue N inert v
kueue.x-k8s.io MultiKueueCluster C inert v
kueue.x-k8s.io MultiKueueConfig C inert v
kueue.x-k8s.io ProvisioningRequestConfig C inert v
kueue.x-k8s.io ResourceFlavor C inert v
kueue.x-k8s.io Topology C inert v
kueue.x-k8s.io Workload N inert v
kueue.x-k8s.io WorkloadPriorityClass C inert v
kuma.io Dataplane ? inert u
kuma.io Mesh ? inert u
kuma.io MeshExternalService ? inert u
kuma.io MeshHTTPRoute ? inert u
kuma.io MeshRetry ? inert u
kuma.io MeshService ? inert u
kuma.io MeshTCPRoute ? inert u
kuma.io MeshTimeout ? inert u
kuma.io ZoneEgress ? inert u
kuma.io ZoneIngress ? inert u
linkerd.io ServiceProfile N inert u
management.cattle.io Project N inert v |  |  | its Cluster has the switch
multicluster.crd.antrea.io LabelIdentity C inert u |  |  | labels of pods of other clusters, which nothing read here selects
mutations.gatekeeper.sh AssignImage C inert v
network.openshift.io ClusterNetwork C inert v
network.openshift.io DNSNameResolver N inert v
network.openshift.io HostSubnet C inert v
networking.gke.io FrontendConfig ? inert u
networking.gke.io GCPBackendPolicy ? inert u
networking.gke.io GCPGatewayPolicy ? inert u
networking.gke.io HealthCheckPolicy ? inert u
networking.gke.io ManagedCertificate ? inert u
networking.gke.io NetworkLogging C inert u
networking.internal.knative.dev Certificate ? inert v
networking.internal.knative.dev Ingress ? inert v
networking.internal.knative.dev ServerlessService ? inert v
networking.istio.io Gateway N inert v
networking.istio.io ProxyConfig N inert v
networking.istio.io ServiceEntry N inert v |  |  | opens a host only where a Sidecar closes it
networking.istio.io VirtualService N inert v
networking.istio.io WorkloadEntry N inert v |  |  | a workload of the mesh that is no pod
networking.istio.io WorkloadGroup N inert v |  |  | workloads of the mesh that are no pods
nfd.k8s-sigs.io NodeFeature N inert v
nfd.k8s-sigs.io NodeFeatureGroup N inert v
nfd.k8s-sigs.io NodeFeatureRule C inert v
opentelemetry.io ClusterObservability N inert v
opentelemetry.io Instrumentation N inert v
opentelemetry.io OpAMPBridge N inert v
pkg.crossplane.io Configuration ? inert u
pkg.crossplane.io Function ? inert u
pkg.crossplane.io Provider ? inert u
policy.linkerd.io MeshTLSAuthentication N inert u |  |  | only named by an AuthorizationPolicy
policy.linkerd.io NetworkAuthentication N inert u |  |  | only named by an AuthorizationPolicy
projectcalico.org DeepPacketInspection N inert v
projectcalico.org PacketCapture N inert v
scheduling.volcano.sh PodGroup ? inert u
scheduling.volcano.sh Queue ? inert u
serving.knative.dev DomainMapping ? inert v
serving.knative.dev Route ? inert v
serving.kserve.io ClusterServingRuntime C inert v |  |  | a template for pods of InferenceServices
serving.kserve.io ClusterStorageContainer C inert u
serving.kserve.io LLMInferenceServiceConfig N inert u
serving.kserve.io LocalModelCache C inert u
serving.kserve.io LocalModelNamespaceCache N inert u
serving.kserve.io LocalModelNode C inert u
serving.kserve.io LocalModelNodeGroup C inert u
serving.kserve.io ServingRuntime N inert v |  |  | a template for pods of InferenceServices
serving.kserve.io TrainedModel N inert u
tailscale.com ProxyClass C inert u |  |  | template for proxies: spec.statefulSet.pod.labels
tekton.dev ClusterTask ? inert u
tekton.dev CustomRun ? inert u
tekton.dev Pipeline ? inert u
tekton.dev StepAction ? inert u
tekton.dev Task ? inert u
telemetry.istio.io Telemetry N inert v
trainer.kubeflow.org ClusterTrainingRuntime C inert v | spec.template.spec.replicatedJobs[].template.spec.template |  | template for TrainJob: spec.template.spec.replicatedJobs[].template.spec.template
trainer.kubeflow.org TrainingRuntime N inert v | spec.template.spec.replicatedJobs[].template.spec.template |  | template for TrainJob: spec.template.spec.replicatedJobs[].template.spec.template
vpcresources.k8s.aws CNINode C inert u
`;
