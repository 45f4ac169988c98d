import { isIn } from '../naive/addresses';
import { matches } from '../naive/labels';
import type {
  ContainerPort,
  LabelSelector,
  Labels,
  Namespace,
  NetworkPolicy,
  Pod,
  PolicyPeer,
  Protocol,
} from '../naive/world';
import { addressText, lastOf, type Numbers, numbersOf } from './address-blocks';

// One end or port for each cell that selectors, blocks and ports cut the world into: what is in one cell is the same to
// every policy here. Cells are found by trying out all combinations of the words that are used, one word that is not, and
// no word at all, and keeping one of those that all policies see alike.

export const NAME = 'kubernetes.io/metadata.name';
const UNUSED = 'unused';

/** What is asked about: where, by which protocol, and what containers of the destination call it. */
export interface Question {
  readonly protocol: Protocol;
  readonly port: number;
  readonly names: readonly string[];
}

/** An end, with the labels of its namespace where it is a pod. */
export interface PeerCell {
  readonly end: Pod | { readonly ip: string };
  readonly namespaces: readonly Namespace[];
}

/** Labels of pods, one for each way in which the selectors can match. */
export function subjectCells(policies: readonly NetworkPolicy[]): Labels[] {
  const selectors = policies.map(({ spec }) => spec?.podSelector ?? {});
  return firstOfEach(combinations(selectors), (labels) => selectors.map((each) => matches(each as never, labels)));
}

/** Ends, one for each way in which the peers of rules can match. */
export function peerCells(
  peers: readonly PolicyPeer[],
  subject: Namespace,
  known: readonly Namespace[],
  podBlocks: readonly string[],
): PeerCell[] {
  const addresses = addressesAt([
    ...peers.flatMap(({ ipBlock }) => (ipBlock ? [ipBlock.cidr, ...(ipBlock.except ?? [])] : [])),
    ...podBlocks,
  ]);
  const inBlocks = (ip: string) =>
    peers.map(
      ({ ipBlock }) => ipBlock && isIn(ipBlock.cidr, ip) && !(ipBlock.except ?? []).some((each) => isIn(each, ip)),
    );
  const outside = firstOfEach(addresses, inBlocks);
  const ofPods = firstOfEach(
    addresses.filter((ip) => podBlocks.some((block) => isIn(block, ip))),
    inBlocks,
  );
  const pods = podCells(peers, subject, known);
  return [
    ...outside.map((ip) => ({ end: { ip }, namespaces: [] })),
    ...pods.flatMap(({ labels, namespace }) =>
      // Without an address, no block matches the pod: as on engines where none ever does.
      [[], ...ofPods.map((ip) => [ip])].map((ips) => ({
        end: { namespace: namespace.name, name: 'peer', labels, ips, ports: [] },
        namespaces: [namespace],
      })),
    ),
  ];
}

function podCells(peers: readonly PolicyPeer[], subject: Namespace, known: readonly Namespace[]) {
  const selecting = peers.filter(({ ipBlock }) => !ipBlock);
  const labels = combinations(selecting.map(({ podSelector }) => podSelector ?? {}));
  const namespaces = namespaceCells(
    selecting.flatMap(({ namespaceSelector }) => namespaceSelector ?? []),
    subject,
    known,
  );
  return firstOfEach(
    namespaces.flatMap((namespace) => labels.map((each) => ({ namespace, labels: each }))),
    (pod) =>
      selecting.map(
        ({ podSelector, namespaceSelector }) =>
          (namespaceSelector
            ? matches(namespaceSelector as never, pod.namespace.labels)
            : pod.namespace.name === subject.name) && matches((podSelector ?? {}) as never, pod.labels),
      ),
  );
}

/** Those that are known have the labels that they have; any other can have any. */
function namespaceCells(
  selectors: readonly LabelSelector[],
  subject: Namespace,
  known: readonly Namespace[],
): Namespace[] {
  const all = combinations(selectors);
  const names = new Set([...all.flatMap((labels) => labels[NAME] ?? []), 'some-namespace']);
  const unknown = [...names].filter((name) => ![subject, ...known].some((each) => each.name === name));
  return [
    subject,
    ...known,
    ...unknown.flatMap((name) => all.map((labels) => ({ name, labels: { ...labels, [NAME]: name } }))),
  ];
}

/** Every combination of the values that selectors name for a key, another value, and no such label. */
function combinations(selectors: readonly LabelSelector[]): Labels[] {
  const values = new Map<string, Set<string>>();
  const add = (key: string, all: readonly string[]) =>
    values.set(key, new Set([...(values.get(key) ?? [UNUSED]), ...all]));
  for (const { matchLabels, matchExpressions } of selectors) {
    for (const [key, value] of Object.entries(matchLabels ?? {})) add(key, [value]);
    for (const requirement of matchExpressions ?? []) add(requirement.key, requirement.values ?? []);
  }
  return [...values].reduce<Labels[]>(
    (so, [key, all]) => so.flatMap((labels) => [labels, ...[...all].map((value) => ({ ...labels, [key]: value }))]),
    [{}],
  );
}

/** Both sides of each end of a block, in both families. */
function addressesAt(blocks: readonly string[]): string[] {
  return ['0.0.0.0/0', '::/0', ...new Set(blocks)].flatMap((cidr) => {
    const block = numbersOf(cidr);
    return [block.first - 1n, block.first, lastOf(block), lastOf(block) + 1n]
      .filter((value) => isAddress(value, block))
      .map((value) => addressText(block.width, value));
  });
}

function isAddress(value: bigint, { width }: Numbers): boolean {
  return value >= 0n && value < 1n << BigInt(width);
}

/** Each end of each port or range, and the next one outside, for each protocol, with every choice of the names in use. */
export function questions(policies: readonly NetworkPolicy[]): Question[] {
  const ports = policies
    .flatMap(({ spec }) => [...(spec?.ingress ?? []), ...(spec?.egress ?? [])])
    .flatMap((rule) => rule.ports ?? []);
  const edges = ports.flatMap(({ port, endPort }) =>
    typeof port === 'number' ? [port - 1, port, endPort ?? port, (endPort ?? port) + 1] : [],
  );
  const numbers = [...new Set([1, 65535, ...edges])].filter((number) => number >= 1 && number <= 65535);
  // What is neither has no name here, and stands for every protocol that a policy cannot name.
  const protocols = ['TCP', 'UDP', 'SCTP', 'ICMP'] as Protocol[];
  return protocols.flatMap((protocol) => {
    const named = new Set(ports.flatMap(({ port }) => (typeof port === 'string' ? [port] : [])));
    const own = ports.filter((port) => (port.protocol ?? 'TCP') === protocol);
    const isIn = ({ port, endPort }: (typeof ports)[number], { port: number, names }: Question) =>
      typeof port === 'string' ? names.includes(port) : port == null || (port <= number && number <= (endPort ?? port));
    const all = subsets([...named]).flatMap((names) => numbers.map((port) => ({ protocol, port, names })));
    return firstOfEach(all, (question) => own.map((port) => isIn(port, question)));
  });
}

export function containerPorts({ protocol, port, names }: Question): ContainerPort[] {
  return names.map((name) => ({ name, protocol, number: port }));
}

function subsets<T>(all: readonly T[]): T[][] {
  return all.reduce<T[][]>((so, each) => so.flatMap((some) => [some, [...some, each]]), [[]]);
}

/** The first of those that look the same. */
function firstOfEach<T>(all: readonly T[], look: (each: T) => readonly unknown[]): T[] {
  const found = new Map<string, T>();
  for (const each of all) {
    const key = look(each).map(Number).join('');
    if (!found.has(key)) found.set(key, each);
  }
  return [...found.values()];
}
