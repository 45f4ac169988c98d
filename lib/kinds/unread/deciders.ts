import {
  everything,
  labelledAt,
  meshWideIn,
  namespacesSelectedAt,
  ofNamespace,
  ofNamespaceNamed,
  selectedAt,
} from './subjects';
import { BOTH, IN, OUT, type UnreadTraits } from './traits';
import { isFilled, valueAt } from './value-at';

/** Istio's root namespace, unless the mesh is told another. */
const ISTIO_ROOT = 'istio-system';
const KUMA_ROOT = 'kuma-system';

const istioSelected = meshWideIn(ISTIO_ROOT, labelledAt('spec', 'selector', 'matchLabels'));

/** By group and kind: how objects of the kinds that decide on connections and are not read bear on them. */
export const DECIDERS: Readonly<Record<string, UnreadTraits>> = {
  // A server that is still supported refuses it, and it is reported where it stands.
  'extensions/NetworkPolicy': { effect: 'both', directions: BOTH, subject: selectedAt('spec', 'podSelector') },
  // As Calico stores them; clients that bypass its API server write them so. Their selectors are Calico's expressions.
  'crd.projectcalico.org/NetworkPolicy': { effect: 'both', directions: BOTH, subject: ofNamespace },
  'crd.projectcalico.org/GlobalNetworkPolicy': { effect: 'both', directions: BOTH, subject: everything },
  'crd.projectcalico.org/Tier': { effect: 'both', directions: BOTH, subject: everything },
  // Any selector that holds for its labels lets its addresses through.
  'crd.projectcalico.org/NetworkSet': { effect: 'both', directions: BOTH, subject: everything },
  'crd.projectcalico.org/GlobalNetworkSet': { effect: 'both', directions: BOTH, subject: everything },
  'policy.networking.k8s.io/AdminNetworkPolicy': { effect: 'both', directions: BOTH, subject: everything },
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy': { effect: 'both', directions: BOTH, subject: everything },

  // Meshes refuse what others let through, and let through nothing that others refuse.
  'security.istio.io/AuthorizationPolicy': {
    effect: 'closes',
    directions: IN,
    subject: istioSelected,
    isOn: (object) => valueAt(object, ['spec', 'action']) !== 'AUDIT',
  },
  'security.istio.io/PeerAuthentication': { effect: 'closes', directions: IN, subject: istioSelected },
  'security.istio.io/RequestAuthentication': { effect: 'closes', directions: IN, subject: istioSelected },
  'networking.istio.io/Sidecar': {
    effect: 'closes',
    directions: OUT,
    subject: meshWideIn(ISTIO_ROOT, labelledAt('spec', 'workloadSelector', 'labels')),
  },
  'networking.istio.io/DestinationRule': {
    effect: 'closes',
    directions: OUT,
    subject: meshWideIn(ISTIO_ROOT, labelledAt('spec', 'workloadSelector', 'matchLabels')),
    isOn: (object) => setsTls(object),
  },
  'networking.istio.io/EnvoyFilter': {
    effect: 'closes',
    directions: BOTH,
    subject: meshWideIn(ISTIO_ROOT, labelledAt('spec', 'workloadSelector', 'labels')),
  },
  'extensions.istio.io/TrafficExtension': { effect: 'closes', directions: BOTH, subject: istioSelected },
  'extensions.istio.io/WasmPlugin': { effect: 'closes', directions: BOTH, subject: istioSelected },
  'policy.linkerd.io/Server': { effect: 'closes', directions: IN, subject: selectedAt('spec', 'podSelector') },
  'policy.linkerd.io/AuthorizationPolicy': { effect: 'closes', directions: IN, subject: ofNamespace },
  'policy.linkerd.io/ServerAuthorization': { effect: 'closes', directions: IN, subject: ofNamespace },
  'policy.linkerd.io/EgressNetwork': {
    effect: 'closes',
    directions: OUT,
    subject: meshWideIn('linkerd-egress', ofNamespace),
  },
  'consul.hashicorp.com/Mesh': { effect: 'closes', directions: OUT, subject: everything },
  'consul.hashicorp.com/ServiceIntentions': { effect: 'closes', directions: IN, subject: everything },
  'consul.hashicorp.com/TrafficPermissions': { effect: 'closes', directions: IN, subject: everything },
  'kuma.io/MeshPassthrough': { effect: 'closes', directions: OUT, subject: meshWideIn(KUMA_ROOT, ofNamespace) },
  'kuma.io/MeshTrafficPermission': { effect: 'closes', directions: IN, subject: meshWideIn(KUMA_ROOT, ofNamespace) },
  'kuma.io/TrafficPermission': { effect: 'closes', directions: IN, subject: everything },

  // Firewalls and policies of platforms.
  'k8s.ovn.org/EgressFirewall': {
    effect: 'closes',
    directions: OUT,
    subject: ofNamespace,
    // ovn-kubernetes `pkg/ovn/controller/egressfirewall` looks up that name alone.
    isOn: (object) => valueAt(object, ['metadata', 'name']) === 'default',
  },
  'network.openshift.io/EgressNetworkPolicy': { effect: 'closes', directions: OUT, subject: ofNamespace },
  'network.openshift.io/NetNamespace': { effect: 'closes', directions: BOTH, subject: ofNamespaceNamed },
  'networking.gke.io/FQDNNetworkPolicy': {
    effect: 'both',
    directions: OUT,
    subject: selectedAt('spec', 'podSelector'),
  },
  'networking.k8s.aws/ApplicationNetworkPolicy': {
    effect: 'both',
    directions: BOTH,
    subject: selectedAt('spec', 'podSelector'),
  },
  'networking.k8s.aws/ClusterNetworkPolicy': { effect: 'both', directions: BOTH, subject: everything },
  'networking.k8s.aws/PolicyEndpoint': { effect: 'both', directions: BOTH, subject: ofNamespace },
  'networking.k8s.aws/ClusterPolicyEndpoint': { effect: 'both', directions: BOTH, subject: everything },
  'vpcresources.k8s.aws/SecurityGroupPolicy': {
    effect: 'closes',
    directions: BOTH,
    subject: selectedAt('spec', 'podSelector'),
  },
  'cilium.io/CiliumEnvoyConfig': { effect: 'both', directions: BOTH, subject: ofNamespace },
  'cilium.io/CiliumClusterwideEnvoyConfig': { effect: 'both', directions: BOTH, subject: everything },
  'cilium.io/CiliumLocalRedirectPolicy': { effect: 'both', directions: BOTH, subject: ofNamespace },
  'multicluster.crd.antrea.io/ResourceExport': {
    effect: 'both',
    directions: BOTH,
    subject: everything,
    isOn: carriesPolicy,
  },
  'multicluster.crd.antrea.io/ResourceImport': {
    effect: 'both',
    directions: BOTH,
    subject: everything,
    isOn: carriesPolicy,
  },

  // Networks of their own: pods there are apart from others, whatever policies say.
  'k8s.ovn.org/UserDefinedNetwork': { effect: 'both', directions: BOTH, subject: ofNamespace },
  'k8s.ovn.org/ClusterUserDefinedNetwork': {
    effect: 'both',
    directions: BOTH,
    subject: namespacesSelectedAt('spec', 'namespaceSelector'),
  },
  'k8s.ovn.org/ClusterNetworkConnect': { effect: 'both', directions: BOTH, subject: everything },
  'kubeovn.io/SecurityGroup': { effect: 'both', directions: BOTH, subject: everything },
  'kubeovn.io/Subnet': {
    effect: 'both',
    directions: BOTH,
    subject: everything,
    isOn: (object) => valueAt(object, ['spec', 'private']) === true || isFilled(valueAt(object, ['spec', 'acls'])),
  },
  'kubeovn.io/Vpc': { effect: 'closes', directions: BOTH, subject: everything },
};

/** Kinds that refuse requests inside a gateway, which the gateway takes and passes on all the same. */
export const AT_GATEWAYS: ReadonlySet<string> = new Set([
  ...[
    'GlobalWAFPlugin',
    'GlobalWAFPolicy',
    'GlobalWAFValidationPolicy',
    'WAFPlugin',
    'WAFPolicy',
    'WAFValidationPolicy',
  ].map((kind) => `applicationlayer.projectcalico.org/${kind}`),
  'configuration.konghq.com/KongClusterPlugin',
  'configuration.konghq.com/KongPlugin',
  'gateway.envoyproxy.io/EnvoyExtensionPolicy',
  'gateway.envoyproxy.io/EnvoyPatchPolicy',
  'gateway.envoyproxy.io/SecurityPolicy',
  'hub.traefik.io/AccessControlPolicy',
  'policy.linkerd.io/HTTPLocalRateLimitPolicy',
  'policy.linkerd.io/HTTPRoute',
  'traefik.io/Middleware',
  'traefik.io/MiddlewareTCP',
]);

/** Kinds that say how an engine works, or what else its policies may select. */
export const SETTINGS: ReadonlySet<string> = new Set([
  'crd.antrea.io/ExternalEntity',
  'crd.antrea.io/ExternalNode',
  'crd.projectcalico.org/FelixConfiguration',
  'crd.projectcalico.org/HostEndpoint',
  'eks.amazonaws.com/NodeClass',
  'operator.openshift.io/Network',
  'projectcalico.org/FelixConfiguration',
]);

/** Without, a DestinationRule says nothing about who may connect. */
function setsTls(object: unknown): boolean {
  return JSON.stringify(valueAt(object, ['spec']) ?? {}).includes('"tls"');
}

function carriesPolicy(object: unknown): boolean {
  return String(valueAt(object, ['spec', 'kind'])).includes('NetworkPolicy');
}
