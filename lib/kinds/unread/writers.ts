import { changesObjects, deletesObjects, generatesObjects, mutatesResources } from './admission';
import { everything, inNamespaces, labelled, ofNamespace, ofNamespaceNamed } from './subjects';
import { BOTH, IN, type UnreadTraits } from './traits';
import { isFilled, valueAt } from './value-at';

/** Namespaces that the operator of Calico makes for itself; its policies pass on what is about others. */
const OF_CALICO = inNamespaces(
  'calico-apiserver',
  'calico-system',
  'kube-system',
  'openshift-dns',
  'tigera-compliance',
  'tigera-elasticsearch',
  'tigera-fluentd',
  'tigera-gateway',
  'tigera-guardian',
  'tigera-intrusion-detection',
  'tigera-kibana',
  'tigera-manager',
  'tigera-operator',
  'tigera-prometheus',
  'tigera-system',
);

const ofStrimzi = labelled((name) => ({ 'strimzi.io/cluster': name }));
const ofSandboxes: UnreadTraits = {
  effect: 'both',
  directions: BOTH,
  subject: ofNamespace,
  fix: 'Read its SandboxTemplate along, or set networkPolicyManagement: Unmanaged there and declare what the pods may do.',
};
const ofCalico: UnreadTraits = { effect: 'both', directions: BOTH, subject: OF_CALICO };
const ofRancher: UnreadTraits = {
  effect: 'both',
  directions: BOTH,
  subject: everything,
  isOn: (object) => valueAt(object, ['spec', 'enableNetworkPolicy']) === true,
  fix: 'Leave spec.enableNetworkPolicy out.',
};
const ofKyverno: UnreadTraits = {
  effect: 'both',
  directions: BOTH,
  subject: everything,
  fix: 'Take its generate and mutate rules out, or keep the namespaces of this app out of what they match.',
};
const ofGatekeeper: UnreadTraits = {
  changesOthers: true,
  effect: 'both',
  directions: BOTH,
  subject: everything,
  fix: 'Keep pods, namespaces and policies of this app out of what it matches.',
};
const untilSwitchedOff = (...path: readonly string[]): Pick<UnreadTraits, 'isOn' | 'fix'> => ({
  isOn: (object) => valueAt(object, path) !== false,
  fix: `Set ${path.join('.')}: false.`,
});

/** By group and kind: how the policies that controllers write for objects bear on connections. */
export const WRITERS: Readonly<Record<string, UnreadTraits>> = {
  'admissionregistration.k8s.io/MutatingAdmissionPolicy': { ...ofGatekeeper, isOn: mutatesResources },
  'argoproj.io/ArgoCD': {
    effect: 'both',
    directions: BOTH,
    subject: ofNamespace,
    fix: 'Set spec.networkPolicy.enabled: false, and keep Argo CD, whose policy for redis stays, in a namespace of its own.',
  },
  'capsule.clastix.io/Tenant': {
    effect: 'both',
    directions: BOTH,
    subject: everything,
    isOn: (object) => isFilled(valueAt(object, ['spec', 'networkPolicies', 'items'])),
    fix: 'Leave spec.networkPolicies out.',
  },
  'datasciencecluster.opendatahub.io/DataScienceCluster': { effect: 'both', directions: BOTH, subject: everything },
  'dscinitialization.opendatahub.io/DSCInitialization': {
    effect: 'both',
    directions: BOTH,
    subject: (object, ref) => {
      const name = valueAt(object, ['spec', 'applicationsNamespace']);
      const named = typeof name === 'string' && name !== '' ? [name] : ['opendatahub', 'redhat-ods-applications'];
      return inNamespaces(...named)(object, ref);
    },
  },
  'extensions.agents.x-k8s.io/SandboxClaim': ofSandboxes,
  'extensions.agents.x-k8s.io/SandboxWarmPool': ofSandboxes,
  'extensions.agents.x-k8s.io/SandboxTemplate': {
    effect: 'both',
    directions: BOTH,
    subject: ofNamespace,
    isOn: (object) => valueAt(object, ['spec', 'networkPolicyManagement']) !== 'Unmanaged',
    fix: 'Set spec.networkPolicyManagement: Unmanaged, and declare what the pods may do.',
  },
  'hco.kubevirt.io/HyperConverged': { effect: 'both', directions: BOTH, subject: ofNamespace },
  'install.istio.io/IstioOperator': {
    effect: 'both',
    directions: BOTH,
    subject: ofNamespace,
    isOn: (object) => valueAt(object, ['spec', 'values', 'global', 'networkPolicy', 'enabled']) === true,
    fix: 'Leave values.global.networkPolicy out.',
  },
  // Each intent is about servers, which may be in any namespace.
  'k8s.otterize.com/ClientIntents': {
    effect: 'both',
    directions: BOTH,
    subject: everything,
    fix: 'Declare these flows here instead, or run the operator with enable-network-policy-creation=false.',
  },
  'k8s.otterize.com/ProtectedService': {
    effect: 'closes',
    directions: BOTH,
    subject: ofNamespace,
    fix: 'Leave it out: a zero-trust namespace denies by default, or run the operator with enable-network-policy-creation=false.',
  },
  'kafka.strimzi.io/Kafka': {
    effect: 'both',
    directions: IN,
    subject: ofStrimzi,
    fix: 'Run the operator with STRIMZI_NETWORK_POLICY_GENERATION=false, in a namespace that this app does not close.',
  },
  'kafka.strimzi.io/KafkaConnect': {
    effect: 'both',
    directions: IN,
    subject: ofStrimzi,
    fix: 'Run the operator with STRIMZI_NETWORK_POLICY_GENERATION=false, in a namespace that this app does not close.',
  },
  'kafka.strimzi.io/KafkaMirrorMaker2': {
    effect: 'both',
    directions: IN,
    subject: ofStrimzi,
    fix: 'Run the operator with STRIMZI_NETWORK_POLICY_GENERATION=false, in a namespace that this app does not close.',
  },
  'kubeflow.org/Notebook': {
    effect: 'both',
    directions: IN,
    subject: labelled((name) => ({ 'notebook-name': name })),
    fix: 'The controller of Open Data Hub has no switch: keep its notebooks in a namespace that this app does not close.',
  },
  'kubeflow.org/Profile': { effect: 'closes', directions: IN, subject: ofNamespaceNamed },
  'kyverno.io/ClusterPolicy': { ...ofKyverno, isOn: (it) => generatesObjects(it) || changesObjects(it) },
  'kyverno.io/Policy': {
    ...ofKyverno,
    subject: ofNamespace,
    isOn: (it) => generatesObjects(it) || changesObjects(it),
  },
  'kyverno.io/CleanupPolicy': { ...ofKyverno, changesOthers: true, subject: ofNamespace, isOn: deletesObjects },
  'kyverno.io/ClusterCleanupPolicy': { ...ofKyverno, changesOthers: true, isOn: deletesObjects },
  'policies.kyverno.io/DeletingPolicy': { ...ofKyverno, changesOthers: true, isOn: mutatesResources },
  'policies.kyverno.io/GeneratingPolicy': ofKyverno,
  'policies.kyverno.io/MutatingPolicy': { ...ofKyverno, changesOthers: true, isOn: mutatesResources },
  'policies.kyverno.io/NamespacedDeletingPolicy': {
    ...ofKyverno,
    changesOthers: true,
    subject: ofNamespace,
    isOn: mutatesResources,
  },
  'policies.kyverno.io/NamespacedGeneratingPolicy': { ...ofKyverno, subject: ofNamespace },
  'policies.kyverno.io/NamespacedMutatingPolicy': {
    ...ofKyverno,
    changesOthers: true,
    subject: ofNamespace,
    isOn: mutatesResources,
  },
  'llamastack.io/LlamaStackDistribution': {
    effect: 'both',
    directions: IN,
    subject: labelled((name) => ({ 'app.kubernetes.io/instance': name })),
    fix: 'Run the operator with enableNetworkPolicy: false, in a namespace that this app does not close.',
  },
  'loki.grafana.com/LokiStack': {
    effect: 'both',
    directions: BOTH,
    subject: labelled((name) => ({ 'app.kubernetes.io/name': 'lokistack', 'app.kubernetes.io/instance': name })),
    isOn: (object) => valueAt(object, ['spec', 'networkPolicies', 'ruleSet']) === 'RestrictIngressEgress',
    fix: 'Set spec.networkPolicies.ruleSet: None.',
  },
  'management.cattle.io/Cluster': ofRancher,
  'provisioning.cattle.io/Cluster': ofRancher,
  'mutations.gatekeeper.sh/Assign': ofGatekeeper,
  'mutations.gatekeeper.sh/AssignMetadata': ofGatekeeper,
  'mutations.gatekeeper.sh/ModifySet': ofGatekeeper,
  'opentelemetry.io/OpenTelemetryCollector': {
    effect: 'both',
    directions: BOTH,
    subject: labelled(() => ({ 'app.kubernetes.io/managed-by': 'opentelemetry-operator' })),
    ...untilSwitchedOff('spec', 'networkPolicy', 'enabled'),
  },
  'opentelemetry.io/TargetAllocator': {
    effect: 'both',
    directions: BOTH,
    subject: labelled(() => ({ 'app.kubernetes.io/managed-by': 'opentelemetry-operator' })),
    ...untilSwitchedOff('spec', 'networkPolicy', 'enabled'),
  },
  'operator.tigera.io/APIServer': ofCalico,
  'operator.tigera.io/Authentication': ofCalico,
  'operator.tigera.io/EgressGateway': { ...ofCalico, subject: ofNamespace },
  'operator.tigera.io/GatewayAPI': ofCalico,
  'operator.tigera.io/Goldmane': ofCalico,
  'operator.tigera.io/Installation': ofCalico,
  'operator.tigera.io/IntrusionDetection': ofCalico,
  'operator.tigera.io/LogCollector': ofCalico,
  'operator.tigera.io/LogStorage': ofCalico,
  'operator.tigera.io/ManagementCluster': ofCalico,
  'operator.tigera.io/ManagementClusterConnection': ofCalico,
  'operator.tigera.io/Manager': ofCalico,
  'operator.tigera.io/Monitor': ofCalico,
  'operator.tigera.io/Whisker': ofCalico,
  'operators.coreos.com/CatalogSource': {
    effect: 'both',
    directions: BOTH,
    subject: labelled((name) => ({ 'olm.catalogSource': name })),
  },
  'platform.stackrox.io/Central': {
    effect: 'both',
    directions: BOTH,
    subject: ofNamespace,
    isOn: (object) => valueAt(object, ['spec', 'network', 'policies']) !== 'Disabled',
    fix: 'Set spec.network.policies: Disabled.',
  },
  'platform.stackrox.io/SecuredCluster': {
    effect: 'both',
    directions: BOTH,
    subject: ofNamespace,
    isOn: (object) => valueAt(object, ['spec', 'network', 'policies']) !== 'Disabled',
    fix: 'Set spec.network.policies: Disabled.',
  },
  'ray.io/RayCluster': ofRay('spec'),
  'ray.io/RayJob': ofRay('spec', 'rayClusterSpec'),
  'ray.io/RayService': ofRay('spec', 'rayClusterConfig'),
  'ray.io/RayCronJob': ofRay('spec', 'jobTemplate', 'rayClusterSpec'),
  'tempo.grafana.com/TempoStack': {
    effect: 'both',
    directions: BOTH,
    subject: labelled((name) => ({ 'app.kubernetes.io/name': 'tempo', 'app.kubernetes.io/instance': name })),
    ...untilSwitchedOff('spec', 'networkPolicy', 'enabled'),
  },
};

/** A cluster of Ray whose spec stands at that path. The clusters that others make of it have names of their own. */
function ofRay(...path: readonly string[]): UnreadTraits {
  const at = [...path, 'networkPolicy'];
  return {
    effect: 'both',
    directions: BOTH,
    subject: path.length === 1 ? labelled((name) => ({ 'ray.io/cluster': name })) : ofNamespace,
    isOn: (object) => valueAt(object, at) !== undefined && valueAt(object, at) !== null,
    fix: `Leave ${at.join('.')} out, and declare what the pods may do.`,
  };
}
