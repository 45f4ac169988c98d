/** Every flavour of DNS as a small cluster: a client that resolves names that way, and everybody who might answer. */
import { Testing } from 'cdk8s';
import {
  AgentTier,
  Cluster,
  type ClusterProps,
  Dns,
  Internet,
  Platform,
  Pods,
  Port,
  ZeroTrustNamespace,
} from '../../../lib';
import type { End, Flow, KubernetesObject, Protocol, World } from '../../judges/world';

export interface DnsWorld extends World {
  readonly flavour: string;
  /** Whether this flavour says that it is answered there. */
  readonly isAnswered: (flow: Flow) => boolean;
}

/** Who is asked: names for addresses, pods among them. */
const SERVERS = {
  coreDns: '10.244.9.2',
  nodeLocalPod: '10.244.9.3',
  openShift: '10.244.9.4',
  unbound: '10.244.9.5',
  /** In the namespace of the client, with the labels of CoreDNS. */
  impostor: '10.244.9.6',
  nodeLocal: '169.254.20.10',
  metadata: '169.254.169.254',
  wireServer: '168.63.129.16',
  outside: '192.0.2.53',
} as const;

type Server = keyof typeof SERVERS;

const CLIENT = '10.244.9.1';

const PODS: readonly (readonly [address: string, namespace: string, labels: Record<string, string>])[] = [
  [CLIENT, 'agents', { app: 'agent' }],
  [SERVERS.coreDns, 'kube-system', { 'k8s-app': 'kube-dns' }],
  [SERVERS.nodeLocalPod, 'kube-system', { 'k8s-app': 'node-local-dns' }],
  [SERVERS.openShift, 'openshift-dns', { 'dns.operator.openshift.io/daemonset-dns': 'default' }],
  [SERVERS.unbound, 'dns', { app: 'unbound' }],
  [SERVERS.impostor, 'agents', { 'k8s-app': 'kube-dns' }],
];

/** 53 and 5353; 1053 for servers of another make; and what a metadata service hands credentials out on. */
const PORTS = [53, 80, 1053, 5353];

const unbound = Pods.labeled({ app: 'unbound' }).inNamespace('dns').ownedBy('network team');

/** Worked out from what each flavour is, and not from what is rendered: who answers, and on which port. */
const FLAVOURS: readonly (readonly [flavour: string, cluster: ClusterProps, answers: readonly [Server, number][]])[] = [
  ['CoreDNS', { dns: Dns.coreDns() }, [['coreDns', 53]]],
  [
    'NodeLocal DNSCache',
    { dns: Dns.nodeLocal() },
    [
      ['nodeLocal', 53],
      ['nodeLocalPod', 53],
      ['coreDns', 53],
    ],
  ],
  [
    'GKE Standard',
    { platform: Platform.GKE_STANDARD },
    [
      ['nodeLocal', 53],
      ['nodeLocalPod', 53],
      ['coreDns', 53],
    ],
  ],
  ['Cloud DNS for GKE', { dns: Dns.gkeCloudDns() }, [['metadata', 53]]],
  ['OpenShift', { platform: Platform.OPENSHIFT, podCidrs: ['10.244.0.0/16'] }, [['openShift', 5353]]],
  ['the wire server of Azure', { dns: Dns.custom({ addresses: ['168.63.129.16/32'] }) }, [['wireServer', 53]]],
  [
    'servers of another make',
    { dns: Dns.custom({ pods: unbound, addresses: ['192.0.2.53/32'], ports: [Port.udp(1053), Port.tcp(1053)] }) },
    [
      ['unbound', 1053],
      ['outside', 1053],
    ],
  ],
  [
    'one of two',
    { dns: Dns.anyOf([Dns.coreDns(), Dns.gkeCloudDns()]) },
    [
      ['coreDns', 53],
      ['metadata', 53],
    ],
  ],
];

/** With NetworkPolicies, which the lab enforces. */
export const dnsWorlds = dnsWorldsOn((props) => Cluster.kubernetes(props));

/** With what is rendered for another engine. */
export function dnsWorldsOn(make: (props: ClusterProps) => Cluster): readonly DnsWorld[] {
  return FLAVOURS.map(([flavour, cluster, answers], index) => worldOf(make, flavour, cluster, answers, index));
}

function worldOf(
  make: (props: ClusterProps) => Cluster,
  flavour: string,
  cluster: ClusterProps,
  answers: readonly [Server, number][],
  index: number,
): DnsWorld {
  return {
    seed: index + 1,
    flavour,
    documents: [
      ...namespaces(),
      ...PODS.map(podObject),
      ...policiesOn(make({ podCidrs: ['10.244.0.0/16'], ...cluster })),
    ],
    ends: [
      ...PODS.map(([address, namespace], number): End => ({ pod: `${namespace}/pod-${number}`, addresses: [address] })),
      ...(['nodeLocal', 'metadata', 'wireServer', 'outside'] as const).map(
        (name): End => ({ addresses: [SERVERS[name]] }),
      ),
    ],
    flows: Object.values(SERVERS).flatMap((to) =>
      (['TCP', 'UDP'] as Protocol[]).flatMap((protocol) => PORTS.map((port) => ({ from: CLIENT, to, protocol, port }))),
    ),
    isAnswered: ({ to, port }) => answers.some(([server, on]) => SERVERS[server] === to && on === port),
  };
}

/** An agent, whom everything at a metadata service is kept from but the answers to its queries. */
function policiesOn(cluster: Cluster): KubernetesObject[] {
  const chart = Testing.chart();
  Cluster.use(chart, cluster);
  const space = new ZeroTrustNamespace(chart, 'agents', { purpose: 'agents' });
  const agent = new AgentTier(space, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  agent.connections.allowTo(Internet.any(), { because: 'agents call the tools', ports: [Port.tcp(443)] });
  const objects: KubernetesObject[] = Testing.synth(chart);
  return objects.filter(({ kind }) => kind.endsWith('NetworkPolicy'));
}

function namespaces(): KubernetesObject[] {
  return [...new Set(PODS.map(([, namespace]) => namespace))].map((name) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name } },
  }));
}

function podObject([podIP, namespace, labels]: (typeof PODS)[number], index: number): KubernetesObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace, labels },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'image' }] },
    status: { phase: 'Running', podIP, podIPs: [{ ip: podIP }] },
  };
}
