/** Kinds whose controllers write policies, or change or delete those of others. */
export const WRITERS = `
argoproj.io ArgoCD N writes-policies+makes-pods v |  | app.kubernetes.io/name=<instance>-<component> | policies of its components; those of redis always
capsule.clastix.io Tenant C writes-policies v |  |  | spec.networkPolicies is copied into every namespace of the tenant
datasciencecluster.opendatahub.io DataScienceCluster C writes-policies u |  |  | components bring their own policies (Kueue, gateway, monitoring)
dscinitialization.opendatahub.io DSCInitialization C writes-policies v |  |  | NetworkPolicy for the applications namespace, podSelector {}
extensions.agents.x-k8s.io SandboxClaim N writes-policies+makes-pods v |  | agents.x-k8s.io/claim-uid, agents.x-k8s.io/sandbox-template-ref-hash, agents.x-k8s.io/sandbox-name-hash | the policy of its template
extensions.agents.x-k8s.io SandboxTemplate N writes-policies+makes-pods v | spec.podTemplate.spec | agents.x-k8s.io/sandbox-template-ref-hash | a policy for the pods of the template unless networkPolicyManagement is Unmanaged
extensions.agents.x-k8s.io SandboxWarmPool N writes-policies+makes-pods v |  | agents.x-k8s.io/claim-uid, agents.x-k8s.io/sandbox-template-ref-hash, agents.x-k8s.io/sandbox-name-hash | the policy of its template
hco.kubevirt.io HyperConverged N writes-policies v |  |  | NetworkPolicies of its operand namespaces
install.istio.io IstioOperator N writes-policies d |  |  | values.global.networkPolicy.enabled (default off)
k8s.otterize.com ClientIntents N writes-policies v |  |  | ingress (and egress) NetworkPolicies, Istio AuthorizationPolicies, Linkerd Server
k8s.otterize.com ProtectedService N writes-policies v |  |  | default-deny for the service
kafka.strimzi.io Kafka N writes-policies+makes-pods v | spec.*.template.pod (metadata only) | strimzi.io/cluster, strimzi.io/kind, strimzi.io/name, strimzi.io/pool-name, strimzi.io/broker-role, strimzi.io/controller-role | metrics and listeners from anywhere, unless listeners name peers; the operator's STRIMZI_NETWORK_POLICY_GENERATION turns it off
kafka.strimzi.io KafkaConnect N writes-policies+makes-pods v | spec.template.pod (metadata only) | strimzi.io/cluster, kind, name | policies by default, with the connector operator
kafka.strimzi.io KafkaMirrorMaker2 N writes-policies+makes-pods u |  | strimzi.io/cluster, kind, name | as KafkaConnect
kubeflow.org Notebook N writes-policies+makes-pods v | spec.template.spec | statefulset, notebook-name | Open Data Hub writes policies for it: 8443 from anywhere, 8888 from its controller; the upstream controller writes none
kubeflow.org Profile C writes-policies v |  |  | an AuthorizationPolicy of its namespace
kyverno.io CleanupPolicy N writes-policies v |  |  | may delete policies
kyverno.io ClusterCleanupPolicy C writes-policies v |  |  | may delete policies
kyverno.io ClusterPolicy C writes-policies v |  |  | rules[].generate (kind NetworkPolicy etc.), rules[].mutate
kyverno.io Policy N writes-policies v |  |  | rules[].generate (kind NetworkPolicy etc.), rules[].mutate
llamastack.io LlamaStackDistribution N writes-policies+makes-pods v |  | app=llama-stack, app.kubernetes.io/instance | operator flag enableNetworkPolicy (default false); spec.network.allowedFrom
loki.grafana.com LokiStack N writes-policies+makes-pods v |  | app.kubernetes.io/name=lokistack, app.kubernetes.io/component, app.kubernetes.io/instance | spec.networkPolicies.ruleSet RestrictIngressEgress; default None
management.cattle.io Cluster C writes-policies v |  |  | spec.enableNetworkPolicy: np-default, hn-nodes in every project namespace
mutations.gatekeeper.sh Assign C writes-policies v |  |  | changes objects at admission: labels of pods, fields of policies; creates none
mutations.gatekeeper.sh AssignMetadata C writes-policies v |  |  | changes objects at admission: labels of pods, fields of policies; creates none
mutations.gatekeeper.sh ModifySet C writes-policies v |  |  | changes objects at admission: labels of pods, fields of policies; creates none
opentelemetry.io OpenTelemetryCollector N writes-policies+makes-pods v | no PodSpec; spec.ports, podAnnotations | app.kubernetes.io/managed-by=opentelemetry-operator, instance=<ns>.<name>, part-of=opentelemetry, component=opentelemetry-collector | spec.networkPolicy.enabled; default from gate operand.networkpolicy
opentelemetry.io TargetAllocator N writes-policies+makes-pods v |  | component=opentelemetry-targetallocator | spec.networkPolicy.enabled
operator.tigera.io APIServer C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io Authentication C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io EgressGateway N writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io GatewayAPI C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io Goldmane C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io Installation C writes-policies v |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io IntrusionDetection C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io LogCollector C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io LogStorage C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io ManagementCluster C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io ManagementClusterConnection C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io Manager C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io Monitor C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operator.tigera.io Whisker C writes-policies u |  |  | Calico v3 policies in tier calico-system (order 100) for Calico namespaces
operators.coreos.com CatalogSource N writes-policies v |  |  | <name>-grpc-server and <name>-unpack-bundles, no switch
platform.stackrox.io Central N writes-policies u |  |  | stackrox charts create NetworkPolicies; spec.network.policies
platform.stackrox.io SecuredCluster N writes-policies u |  |  | stackrox charts create NetworkPolicies; spec.network.policies
policies.kyverno.io DeletingPolicy C writes-policies v |  |  | may delete policies
policies.kyverno.io GeneratingPolicy C writes-policies v |  |  | CEL generate or mutate
policies.kyverno.io MutatingPolicy C writes-policies v |  |  | CEL generate or mutate
policies.kyverno.io NamespacedDeletingPolicy N writes-policies v |  |  | may delete policies
policies.kyverno.io NamespacedGeneratingPolicy N writes-policies v |  |  | CEL generate or mutate
policies.kyverno.io NamespacedMutatingPolicy N writes-policies v |  |  | CEL generate or mutate
provisioning.cattle.io Cluster N writes-policies v |  |  | spec.enableNetworkPolicy
ray.io RayCluster N writes-policies+makes-pods v | spec.headGroupSpec.template.spec ; spec.workerGroupSpecs[].template.spec | ray.io/cluster, ray.io/node-type, ray.io/group, ray.io/is-ray-node, ray.io/identifier, app.kubernetes.io/name=kuberay, app.kubernetes.io/created-by | spec.networkPolicy, behind a gate that is off by default
ray.io RayCronJob N writes-policies+makes-pods v | spec.jobTemplate.submitterPodTemplate.spec ; spec.jobTemplate.rayClusterSpec.headGroupSpec.template.spec ; spec.jobTemplate.rayClusterSpec.workerGroupSpecs[].template.spec | as RayCluster; submitter: ray.io/originated-from-cr-name, -crd | through its RayCluster
ray.io RayJob N writes-policies+makes-pods v | spec.submitterPodTemplate.spec ; spec.rayClusterSpec.headGroupSpec.template.spec ; spec.rayClusterSpec.workerGroupSpecs[].template.spec | as RayCluster; submitter: ray.io/originated-from-cr-name, -crd | through its RayCluster
ray.io RayService N writes-policies+makes-pods v | spec.rayClusterConfig.headGroupSpec.template.spec ; spec.rayClusterConfig.workerGroupSpecs[].template.spec | as RayCluster; submitter: ray.io/originated-from-cr-name, -crd | through its RayCluster
tempo.grafana.com TempoStack N writes-policies+makes-pods v |  | app.kubernetes.io/name=tempo, component, instance | spec.networkPolicy.enabled default true
`;
