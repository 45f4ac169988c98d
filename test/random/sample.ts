import { isIn } from '../naive/addresses';
import { edgesOf } from './addresses';
import { METADATA } from './meaning';
import { isOf, type Oracle, type SampledEnd, type SampledPod } from './oracle';
import { VALUES } from './parts';
import {
  CLUSTER,
  type Labels,
  OTHERS,
  type PeerPlan,
  type Plan,
  type PodsPlan,
  type PortPlan,
  type Protocol,
} from './plan';

// Who is asked about: for each end that a plan names a pod that is it, and pods that are it but for one label; strangers in
// every namespace; addresses on both sides of each edge of a block.

export interface Question {
  readonly protocol: Protocol | 'ICMP';
  readonly port: number;
}

export function endsOf(plan: Plan): SampledEnd[] {
  return [...podsOf(plan), ...addressesOf(plan).map((ip) => ({ ip }))];
}

/**
 * What to ask of two ends: every edge of the flows between them, and one more port; where there are none, a port of a flow
 * that only one of them is at the end of.
 */
export function questionsOf(oracle: Oracle, from: SampledEnd, to: SampledEnd, turn: number): Question[] {
  const between = oracle.between(from, to).flatMap(({ ports }) => ports.flatMap(edges));
  const anyway = nth(ANYWAY, turn);
  if (between.length > 0) return distinct([...between, anyway]);
  const nearly = oracle.nearly(from, to);
  if (nearly.length > 0) return [inside(nth(nth(nearly, turn).ports, turn))];
  return turn % 3 === 0 ? [anyway] : [];
}

function nth<T>(values: readonly T[], position: number): T {
  return values[position % values.length] as T;
}

const ANYWAY: readonly Question[] = [
  ...[53, 80, 443, 8080, 9090, 8443, 65535].map((port) => ({ protocol: 'TCP', port }) as const),
  ...[53, 443, 8443].map((port) => ({ protocol: 'UDP', port }) as const),
  { protocol: 'SCTP', port: 80 },
  { protocol: 'ICMP', port: 1 },
];

/** A name is asked for on the numbers that pods here call so, and beside them. */
function edges(port: PortPlan): Question[] {
  if ('all' in port) return [1, 65535].flatMap((number) => PROTOCOLS.map((protocol) => ({ protocol, port: number })));
  const { protocol } = port;
  const numbers = 'name' in port ? [8080, 8081, 9090, 8443] : [port.first - 1, port.first, port.last, port.last + 1];
  return [
    ...numbers.filter((number) => number >= 1 && number <= 65535).map((number) => ({ protocol, port: number })),
    { protocol: protocol === 'TCP' ? 'UDP' : 'TCP', port: numbers[1] as number },
  ];
}

/** A name is asked for on a number that most pods here call so. */
function inside(port: PortPlan): Question {
  if ('all' in port) return { protocol: port.all === 'traffic' ? 'ICMP' : port.all, port: 1 };
  const { protocol } = port;
  return { protocol, port: 'first' in port ? port.first : protocol === 'UDP' ? 8443 : 8080 };
}

const PROTOCOLS = ['TCP', 'UDP', 'SCTP', 'ICMP'] as const;

/** Container ports that mean another thing by the same names from pod to pod. */
const CONTAINERS: readonly SampledPod['ports'][] = [
  [
    { name: 'http', protocol: 'TCP', number: 8080 },
    { name: 'metrics', protocol: 'TCP', number: 9090 },
    { name: 'quic', protocol: 'UDP', number: 8443 },
  ],
  [
    { name: 'http', protocol: 'TCP', number: 8081 },
    { name: 'quic', protocol: 'TCP', number: 8443 },
  ],
  [{ name: 'metrics', protocol: 'TCP', number: 8080 }],
  [],
];

/** One family each, since a connection is of one; some are of engines that never match pods by address. */
const POD_ADDRESSES = ['10.244.1.5', 'fd00:10:244::5', '10.245.1.5', undefined, 'fd00::5', '10.244.255.255'];

function podsOf(plan: Plan): SampledEnd[] {
  const placed = [
    ...plan.tiers.flatMap((tier) =>
      wearing(tierPods(tier.name, tier.pods)).map((labels) => ({ namespace: tier.namespace, labels })),
    ),
    ...plan.flows.flatMap(({ peer }) => others(peer)),
    ...[...plan.namespaces.map(({ name }) => name), ...Object.keys(OTHERS)].map((namespace) => ({
      namespace,
      labels: { stranger: 'yes' },
    })),
    { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
    { namespace: 'openshift-dns', labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' } },
  ];
  return distinct(placed).map(({ namespace, labels }, index) => {
    // Known ranges hold every pod.
    const addresses = plan.ranges === 'known' ? POD_ADDRESSES.filter(isPodAddress) : POD_ADDRESSES;
    return {
      ip: addresses[index % addresses.length],
      pod: {
        namespace,
        namespaceLabels: labelsOfNamespace(plan, namespace),
        labels,
        ports: CONTAINERS[index % CONTAINERS.length] ?? [],
      },
    };
  });
}

function isPodAddress(ip: string | undefined): boolean {
  return ip === undefined || CLUSTER.pods.some((range) => isIn(range, ip));
}

export function labelsOfNamespace({ namespaces }: Plan, name: string): Labels {
  return OTHERS[name] ?? namespaces.find((each) => each.name === name)?.labels ?? {};
}

/** A tier that was made of a workload wears its label; the labels of its workload alone do not make it one. */
function tierPods(name: string, pods: PodsPlan): PodsPlan {
  if (pods.kind !== 'workload') return pods;
  return { kind: 'labeled', labels: { ...pods.labels, 'cdk8s-zero-trust/tier': name } };
}

function others(peer: PeerPlan): { namespace: string; labels: Labels }[] {
  if (peer.kind !== 'others') return [];
  const { place, pods } = peer;
  const homes = Object.entries(OTHERS).filter(([name, labels]) =>
    place.by === 'name'
      ? name === place.namespace
      : Object.entries(place.labels).every(([key, value]) => labels[key] === value),
  );
  // The right pods in a wrong place, too.
  const [first] = wearing(pods);
  const elsewhere = ['kube-system', 'alpha'].map((namespace) => ({ namespace, labels: first ?? {} }));
  return [...homes.flatMap(([namespace]) => wearing(pods).map((labels) => ({ namespace, labels }))), ...elsewhere];
}

/** Labels of pods that are meant, and those that differ from them in one label. */
function wearing(pods: PodsPlan): Labels[] {
  const labels = labelsMeant(pods);
  const misses = keysOf(pods).flatMap((key) =>
    choicesOf(key).map((choice) => ({ ...without(labels, key), ...choice })),
  );
  return distinct([labels, ...misses]);
}

/** No such label, each of its values, and a value that nobody asks for. */
function choicesOf(key: string): Labels[] {
  return [{}, ...(VALUES[key] ?? []).map((value) => ({ [key]: value })), { [key]: 'other' }];
}

function labelsMeant(pods: PodsPlan): Labels {
  if (pods.kind === 'all') return {};
  if (pods.kind !== 'matching') return pods.labels;
  const { requirements } = pods;
  const worn = keysOf(pods).map((key) => {
    const own = { kind: 'matching', requirements: requirements.filter((each) => each.key === key) } as const;
    const choice = choicesOf(key).find((labels) => isOf(own, labels));
    if (choice === undefined) throw new Error(`no pod meets ${JSON.stringify(own.requirements)}`);
    return choice;
  });
  return Object.assign({}, ...worn);
}

function without(labels: Labels, key: string): Labels {
  const { [key]: _, ...others } = labels;
  return others;
}

function keysOf(pods: PodsPlan): string[] {
  if (pods.kind === 'all') return [];
  return pods.kind === 'matching' ? [...new Set(pods.requirements.map(({ key }) => key))] : Object.keys(pods.labels);
}

function addressesOf(plan: Plan): string[] {
  const blocks = plan.flows.flatMap(({ peer }) => {
    if (peer.kind === 'block') return [peer.block, ...peer.excluding];
    return peer.kind === 'balancer' ? [peer.block] : [];
  });
  const cluster = [...CLUSTER.pods, ...CLUSTER.services, ...CLUSTER.nodes, CLUSTER.apiServer];
  const inBlocks = cluster.filter((range) => blocks.some((block) => isIn(block, range.split('/')[0] as string)));
  const metadata = METADATA.map((range) => range.split('/')[0] as string);
  return [
    ...new Set([
      ...[...blocks, ...inBlocks].flatMap(edgesOf),
      ...metadata.slice(0, 1),
      ...metadata.slice(4, 5),
      ...WORLD,
    ]),
  ];
}

/** Of the internet and of what is beside it, and of what agents are kept from. */
const WORLD = [
  '8.8.8.8',
  '192.0.2.10',
  '172.16.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '2606:4700::1',
  '2002::1',
  '64:ff9b::1',
  '169.254.20.10',
];

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
