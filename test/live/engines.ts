import { FakeCluster, type FakeOptions, type LiveObject } from './fake-cluster';
import { namespace } from './objects';

// Clusters as each engine's installer leaves them: the objects that tell which engine it is and how it is set up, in our own
// words, with the names, labels and keys of the projects' charts and manifests.

/** A cluster by its objects. */
export interface EngineCluster {
  readonly objects: readonly LiveObject[];
  readonly options?: FakeOptions;
}

export function reached({ objects, options = {} }: EngineCluster): FakeCluster {
  return new FakeCluster(objects, options);
}

export function configMap(inNamespace: string, name: string, data: Readonly<Record<string, string>>): LiveObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: inNamespace }, data };
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value: string }[];
}

export function daemonSet(
  inNamespace: string,
  name: string,
  containers: readonly Container[],
  label = name,
): LiveObject {
  const labels = { 'k8s-app': label };
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: { name, namespace: inNamespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { hostNetwork: true, containers } },
    },
  };
}

export interface NodeOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly providerID?: string;
  readonly podCIDRs?: readonly string[];
}

export function node(
  name: string,
  address: string,
  { labels = {}, providerID, podCIDRs }: NodeOptions = {},
): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    spec: { ...(providerID && { providerID }), ...(podCIDRs && { podCIDRs }) },
    status: { addresses: [{ type: 'InternalIP', address }] },
  };
}

export function agentPod(inNamespace: string, of: string, onNode: string, address: string): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${of}-${onNode}`,
      namespace: inNamespace,
      labels: { 'k8s-app': of },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: of, controller: true }],
    },
    spec: { hostNetwork: true, nodeName: onNode, containers: [{ name: of, image: 'registry.example/agent:1' }] },
    status: { phase: 'Running', podIPs: [{ ip: address }] },
  };
}

export function pod(
  inNamespace: string,
  name: string,
  ip: string,
  labels: Readonly<Record<string, string>> = {},
): LiveObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: inNamespace, labels },
    spec: { nodeName: 'node-a', containers: [{ name: 'main', image: 'registry.example/main:1' }] },
    status: { phase: 'Running', podIPs: [{ ip }] },
  };
}

/** What every cluster has: two nodes, CoreDNS, the Service and the EndpointSlice of the API server, ranges of Services. */
export function common(nodes: NodeOptions = {}, dnsAddress = '10.244.0.2'): LiveObject[] {
  return [
    namespace('default'),
    namespace('kube-system'),
    node('node-a', '192.0.2.11', { ...nodes, podCIDRs: ['10.244.0.0/24'] }),
    node('node-b', '192.0.2.12', { ...nodes, podCIDRs: ['10.244.1.0/24'] }),
    pod('kube-system', 'coredns-5d78c', dnsAddress, { 'k8s-app': 'kube-dns' }),
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'kubernetes', namespace: 'default' },
      spec: {
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1'],
        ports: [{ port: 443, targetPort: 6443, protocol: 'TCP' }],
      },
    },
    {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: { name: 'kubernetes', namespace: 'default', labels: { 'kubernetes.io/service-name': 'kubernetes' } },
      addressType: 'IPv4',
      endpoints: [{ addresses: ['192.0.2.10'] }],
      ports: [{ name: 'https', port: 6443, protocol: 'TCP' }],
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'ServiceCIDR',
      metadata: { name: 'kubernetes' },
      spec: { cidrs: ['10.96.0.0/12'] },
    },
  ];
}

const BOTH = [
  ['node-a', '192.0.2.11'],
  ['node-b', '192.0.2.12'],
] as const;

function onBothNodes(inNamespace: string, of: string): LiveObject[] {
  return BOTH.map(([name, address]) => agentPod(inNamespace, of, name, address));
}

export const CILIUM_KINDS: readonly string[] = [
  'cilium.io/v2 ciliumnetworkpolicies CiliumNetworkPolicy N',
  'cilium.io/v2 ciliumclusterwidenetworkpolicies CiliumClusterwideNetworkPolicy C',
  'cilium.io/v2 ciliumnodeconfigs CiliumNodeConfig N',
  'cilium.io/v2 ciliumpodippools CiliumPodIPPool C',
];

const CILIUM_SETTINGS = {
  'enable-policy': 'default',
  'enable-l7-proxy': 'true',
  'enable-wireguard': 'true',
  ipam: 'cluster-pool',
  'cluster-pool-ipv4-cidr': '10.244.0.0/16',
};

/** Cilium 1.20 by its chart. */
export function ciliumCluster(
  settings: Readonly<Record<string, string>> = {},
  more: readonly LiveObject[] = [],
): EngineCluster {
  return {
    objects: [
      ...common(),
      daemonSet('kube-system', 'cilium', [
        { name: 'cilium-agent', image: 'quay.io/cilium/cilium:v1.20.2@sha256:0a1b' },
      ]),
      ...onBothNodes('kube-system', 'cilium'),
      configMap('kube-system', 'cilium-config', { ...CILIUM_SETTINGS, ...settings }),
      ...more,
    ],
    options: { installed: CILIUM_KINDS },
  };
}

/** Calico 3.32 by its operator. */
export function calicoCluster(more: readonly LiveObject[] = [], nodes: number = BOTH.length): EngineCluster {
  const calico = (kind: string, name: string, spec: Readonly<Record<string, unknown>>): LiveObject => ({
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: { name },
    spec,
  });
  return {
    objects: [
      ...common(),
      daemonSet('calico-system', 'calico-node', [{ name: 'calico-node', image: 'quay.io/calico/node:v3.32.1' }]),
      ...onBothNodes('calico-system', 'calico-node').slice(0, nodes),
      calico('ClusterInformation', 'default', { calicoVersion: 'v3.32.1' }),
      calico('FelixConfiguration', 'default', { wireguardEnabled: true }),
      calico('IPPool', 'default-ipv4-ippool', { cidr: '10.244.0.0/16', ipipMode: 'Never' }),
      ...more,
    ],
    options: {
      installed: [
        'projectcalico.org/v3 networkpolicies NetworkPolicy N',
        'projectcalico.org/v3 felixconfigurations FelixConfiguration C',
        'projectcalico.org/v3 ippools IPPool C',
        'projectcalico.org/v3 clusterinformations ClusterInformation C',
      ],
    },
  };
}

/** Antrea 2.7 by its manifest. */
export function antreaCluster(agentConf = 'trafficEncryptionMode: wireGuard\n'): EngineCluster {
  return {
    objects: [
      ...common(),
      daemonSet('kube-system', 'antrea-agent', [{ name: 'antrea-agent', image: 'antrea/antrea-agent-ubuntu:v2.7.0' }]),
      ...onBothNodes('kube-system', 'antrea-agent'),
      configMap('kube-system', 'antrea-config', { 'antrea-agent.conf': agentConf }),
      configMap('kube-system', 'kubeadm-config', {
        ClusterConfiguration: 'networking:\n  podSubnet: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/12\n',
      }),
    ],
    options: { installed: ['crd.antrea.io/v1beta1 networkpolicies NetworkPolicy N'] },
  };
}

/** EKS with Amazon's VPC CNI. */
export function vpcCniCluster({ isOn = true, mode = 'standard' } = {}): EngineCluster {
  return {
    objects: [
      ...common(
        { labels: { 'eks.amazonaws.com/nodegroup': 'models' }, providerID: 'aws:///eu-west-1a/i-0' },
        '192.0.2.77',
      ),
      daemonSet('kube-system', 'aws-node', [
        {
          name: 'aws-node',
          image: 'registry.example/amazon-k8s-cni:v1.23.1',
          env: [{ name: 'NETWORK_POLICY_ENFORCING_MODE', value: mode }],
        },
        {
          name: 'aws-eks-nodeagent',
          image: 'registry.example/agent:v1.4.2',
          args: [`--enable-network-policy=${isOn}`],
        },
      ]),
      ...onBothNodes('kube-system', 'aws-node'),
      configMap('kube-system', 'amazon-vpc-cni', { 'enable-network-policy-controller': String(isOn) }),
    ],
  };
}

/** kind, by the tag of kindnetd. */
export function kindCluster(tag = 'v20250512-df8de77b'): EngineCluster {
  return {
    objects: [
      ...common({ providerID: 'kind://docker/kind/kind-control-plane' }),
      daemonSet('kube-system', 'kindnet', [{ name: 'kindnet-cni', image: `docker.io/kindest/kindnetd:${tag}` }]),
      ...onBothNodes('kube-system', 'kindnet'),
      configMap('kube-system', 'kubeadm-config', {
        ClusterConfiguration: 'networking:\n  podSubnet: 10.244.0.0/16\n  serviceSubnet: 10.96.0.0/16\n',
      }),
    ],
  };
}

/** flannel by its manifest, and nothing beside it. */
export function flannelCluster(): EngineCluster {
  return {
    objects: [
      ...common(),
      daemonSet('kube-flannel', 'kube-flannel-ds', [
        { name: 'kube-flannel', image: 'registry.example/flannel:v0.27.0' },
      ]),
      ...onBothNodes('kube-flannel', 'kube-flannel-ds'),
      configMap('kube-flannel', 'kube-flannel-cfg', { 'net-conf.json': '{ "Network": "10.244.0.0/16" }' }),
    ],
  };
}

export function k3sCluster(): EngineCluster {
  return { objects: common(), options: { version: 'v1.34.1+k3s1' } };
}

export function openShiftCluster(): EngineCluster {
  return {
    objects: [
      ...common({}, '10.128.0.4'),
      daemonSet('openshift-ovn-kubernetes', 'ovnkube-node', [
        { name: 'ovnkube', image: 'registry.example/ovn@sha256:0a' },
      ]),
      ...onBothNodes('openshift-ovn-kubernetes', 'ovnkube-node'),
      {
        apiVersion: 'config.openshift.io/v1',
        kind: 'Network',
        metadata: { name: 'cluster' },
        status: { clusterNetwork: [{ cidr: '10.128.0.0/14', hostPrefix: 23 }], serviceNetwork: ['10.96.0.0/12'] },
      },
    ],
    options: { installed: ['config.openshift.io/v1 networks Network C'] },
  };
}
