/** What a plan declares, flow by flow, as the docstrings of the public surface say it. Nothing here comes from `lib`. */
import {
  CLUSTER,
  type FlowPlan,
  type Labels,
  type PeerPlan,
  type Plan,
  type PodsPlan,
  type PortPlan,
  type TierPlan,
  tierNamed,
  WORKLOAD_PORTS,
} from './plan';
import { acceptedFor } from './waivers';

/** A flow as the declaration means it. */
export interface MeantFlow {
  readonly from: MeantEnd;
  readonly to: MeantEnd;
  readonly ports: readonly PortPlan[];
  readonly because: string;
}

export type MeantEnd =
  | {
      readonly kind: 'pods';
      readonly isIn: (namespace: string, labels: Labels) => boolean;
      readonly pods: PodsPlan;
      /** Of a tier: its half of the flow is ours to allow. */
      readonly isTier: boolean;
    }
  | {
      readonly kind: 'addresses';
      readonly blocks: readonly string[];
      readonly without: readonly string[];
    };

/** Every flow that was asked for, and those that come with a tier: name resolution, replication. */
export function meantFlows(plan: Plan): MeantFlow[] {
  return [
    ...plan.flows.flatMap((flow) => declaredFlows(plan, flow)),
    ...plan.tiers.filter(resolvesNames).flatMap((tier) => nameResolution(plan, tier)),
    ...plan.tiers.filter(({ replicates }) => replicates).flatMap((tier) => replication(tier)),
  ];
}

function declaredFlows(plan: Plan, flow: FlowPlan): MeantFlow[] {
  const own = tierNamed(plan, flow.tier);
  const { because } = flow;
  return peersOf(plan, flow).map(({ end, ports }) =>
    flow.side === 'to'
      ? { from: endOfTier(own), to: end, ports: flow.ports ?? ports ?? [], because }
      : { from: end, to: endOfTier(own), ports: flow.ports ?? portsOf(own), because },
  );
}

interface MeantPeer {
  readonly end: MeantEnd;
  readonly ports?: readonly PortPlan[];
}

function peersOf(plan: Plan, flow: FlowPlan): MeantPeer[] {
  const { peer } = flow;
  switch (peer.kind) {
    case 'tier':
      return [peerOf(tierNamed(plan, peer.tier))];
    case 'namespace':
      return plan.tiers.filter(({ namespace }) => namespace === peer.namespace).map(peerOf);
    case 'others': {
      const { pods, place } = peer;
      const isIn =
        place.by === 'name'
          ? (namespace: string) => namespace === place.namespace
          : (_: string, labels: Labels) => hasAll(labels, place.labels);
      return [{ end: { kind: 'pods', isIn, pods: asOthersSee(pods), isTier: false } }];
    }
    default:
      return [{ end: { kind: 'addresses', ...addressesOf(plan, flow, peer) } }];
  }
}

function peerOf(tier: TierPlan): MeantPeer {
  return { end: endOfTier(tier), ports: portsOf(tier) };
}

/** A tier that was made of a workload is its pods by the label that it put on them. */
function endOfTier(tier: TierPlan): MeantEnd {
  const pods: PodsPlan =
    tier.pods.kind === 'workload' ? { kind: 'labeled', labels: { 'cdk8s-zero-trust/tier': tier.name } } : tier.pods;
  return { kind: 'pods', isIn: (namespace) => namespace === tier.namespace, pods, isTier: true };
}

/** Without a tier, a workload is told by its own labels. */
function asOthersSee(pods: PodsPlan): PodsPlan {
  return pods.kind === 'workload' ? { kind: 'labeled', labels: pods.labels } : pods;
}

function portsOf({ ports, pods, role }: TierPlan): readonly PortPlan[] {
  if (ports !== undefined) return ports;
  if (pods.kind === 'workload')
    return WORKLOAD_PORTS.map(({ protocol, number }) => ({ protocol, first: number, last: number }));
  if (role === 'inference') return [{ protocol: 'TCP', first: 8000, last: 8000 }];
  throw new Error('a tier without ports');
}

/** IANA special-purpose address registries (RFC 6890): what is not the internet, of IPv4 and of 2000::/3. */
const NOT_INTERNET = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '224.0.0.0/3', '2001::/23', '2002::/16'],
];
const INTERNET = { ipv4: ['0.0.0.0/0'], ipv6: ['2000::/3'], any: ['0.0.0.0/0', '2000::/3'] };

/** AWS, Azure and Google; GKE; ECS; EKS; over IPv6 EC2 and EKS. */
export const METADATA = [
  ...['169.254.169.254/32', '169.254.169.252/32', '169.254.170.2/32', '169.254.170.23/32'],
  ...['fd00:ec2::254/128', 'fd00:ec2::23/128'],
];

/** Addresses mean what is outside the cluster; agents reach neither metadata services nor the API server by way of them. */
function addressesOf(plan: Plan, flow: FlowPlan, peer: Exclude<PeerPlan, { kind: 'tier' | 'namespace' | 'others' }>) {
  const cluster = plan.ranges === 'known' ? CLUSTER : { pods: [], services: [], nodes: [], apiServer: undefined };
  const accepted = acceptedFor(plan, flow);
  const inside = [...cluster.pods, ...cluster.services, ...(peer.kind === 'balancer' ? [] : cluster.nodes)];
  const isAgent = flow.side === 'to' && tierNamed(plan, flow.tier).role === 'agent';
  const metadata = accepted.includes('metadata-service') ? [] : METADATA;
  const forAgents = !isAgent ? [] : [...metadata, ...(cluster.apiServer === undefined ? [] : [cluster.apiServer])];
  switch (peer.kind) {
    case 'internet':
      return { blocks: INTERNET[peer.families], without: [...NOT_INTERNET, ...inside, ...forAgents] };
    case 'block':
      return {
        blocks: [peer.block],
        without: [...peer.excluding, ...(accepted.includes('cluster-range') ? [] : inside), ...forAgents],
      };
    case 'balancer':
      return { blocks: [peer.block], without: accepted.includes('cluster-range') ? [] : inside };
  }
}

function resolvesNames({ dns, role }: TierPlan): boolean {
  return dns ?? role !== 'data';
}

const NAME_SERVERS = {
  CoreDNS: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, port: 53 },
  NodeLocal: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' }, port: 53 },
  OpenShift: {
    namespace: 'openshift-dns',
    labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
    port: 5353,
  },
};

/** NodeLocal DNSCache on the host network, and where traffic is redirected to its pods. */
const NODE_AGENTS: readonly MeantEnd[] = [
  { kind: 'addresses', blocks: ['169.254.20.10/32'], without: [] },
  {
    kind: 'pods',
    isIn: (name) => name === 'kube-system',
    pods: { kind: 'labeled', labels: { 'k8s-app': 'node-local-dns' } },
    isTier: false,
  },
];

function nameResolution(plan: Plan, tier: TierPlan): MeantFlow[] {
  const { namespace, labels, port } = NAME_SERVERS[plan.dns];
  const servers: MeantEnd[] = [
    { kind: 'pods', isIn: (name) => name === namespace, pods: { kind: 'labeled', labels }, isTier: false },
    ...(plan.dns === 'NodeLocal' ? NODE_AGENTS : []),
  ];
  const ports = (['UDP', 'TCP'] as const).map((protocol) => ({ protocol, first: port, last: port }));
  return servers.map((to) => ({ from: endOfTier(tier), to, ports, because: 'names are resolved' }));
}

export const PEER_PORTS: readonly PortPlan[] = [{ protocol: 'TCP', first: 7000, last: 7001 }];

function replication(tier: TierPlan): MeantFlow[] {
  const own = endOfTier(tier);
  if (tier.role === 'data') return [{ from: own, to: own, ports: PEER_PORTS, because: 'replicas' }];
  return tier.role === 'inference' ? [{ from: own, to: own, ports: [{ all: 'traffic' }], because: 'one model' }] : [];
}

export function hasAll(labels: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
