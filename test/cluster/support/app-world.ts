import { isDeepStrictEqual } from 'node:util';
import { type End, type Flow, type KubernetesObject, type Protocol, pairsOf, type World } from '../../judges/world';
import type { LabelSelector, Labels } from '../../naive/labels';
import { type Block, type Graph, type GraphFlow, isInBlock, type Party, type Pod, type Pods, podsOf } from './graph';

/** An app with a pod of each kind that its graph speaks of and with strangers, and every connection to be tried. */
export interface AppWorld {
  readonly world: World;
  /** Who has an address. */
  readonly parties: ReadonlyMap<string, Party>;
}

/**
 * A pod for each tier and for each other set of pods of the graph (two where a flow stays within the set), a stranger in each of its namespaces and in a foreign
 * one, and hosts outside: for each block one in it, one in each part that is left out, and one in no block. Every ordered
 * pair, every number that a flow names and one that none does, TCP and UDP, IPv4 and IPv6.
 */
export function worldOfApp(graph: Graph, manifests: readonly KubernetesObject[]): AppWorld {
  const declared = manifests.filter(({ kind }) => kind === 'Namespace');
  const pods = podsFor(graph, declared);
  const hosts = hostsFor(graph);
  const ends = [
    ...pods.map((pod, index): End => ({ pod: `${pod.namespace}/pod-${index}`, addresses: podAddresses(index) })),
    ...hosts.map((address): End => ({ addresses: [address] })),
  ];
  const parties = new Map<string, Party>(hosts.map((address) => [address, { address }]));
  pods.forEach((pod, index) => {
    for (const address of podAddresses(index)) parties.set(address, pod);
  });
  const policies = manifests.filter(({ kind }) => kind === 'NetworkPolicy');
  const documents = [...namespacesFor(pods), ...pods.map(podObject), ...policies];
  return { world: { seed: 0, documents, ends, flows: flowsBetween(ends, numbersFor(graph, pods)) }, parties };
}

/** No flow of any app names it. */
const UNDECLARED = 4242;

function podsFor(graph: Graph, declared: readonly KubernetesObject[]): Pod[] {
  const named = graph.flows.flatMap(({ from, to }) => [podsOf(graph, from), podsOf(graph, to)]);
  const sets = [...graph.tiers.map(({ pods }) => pods), ...named.filter((pods) => pods !== undefined)];
  const distinct = [...new Map(sets.map((pods) => [JSON.stringify(pods), pods])).values()];
  // A pod reaches itself in any case, so that a flow among pods of one set takes two of them.
  const replicas = distinct.filter((pods) => graph.flows.some((flow) => isWithinSet(graph, flow, pods)));
  const inNamespace = [...graph.namespaces.map(({ name }) => name), 'foreign'];
  const strangers = inNamespace.map((namespace) => ({ namespace, namespaceLabels: { [NAME]: namespace }, labels: {} }));
  return [...distinct.map(memberOf), ...replicas.map(memberOf), ...strangers].map(
    ({ namespace, namespaceLabels, labels }, index) => ({
      namespace,
      namespaceLabels: { ...namespaceLabels, ...labelsOfNamespace(namespace, declared) },
      labels: { who: `pod-${index}`, ...labels },
      ports: namedPorts(graph, index),
    }),
  );
}

function isWithinSet(graph: Graph, { from, to }: GraphFlow, pods: Pods): boolean {
  return [from, to].every((end) => isDeepStrictEqual(podsOf(graph, end), pods));
}

/** A pod that is in the set; its namespace has a name of its own where the set only asks for labels. */
function memberOf({ namespaceSelector, podSelector }: Pods, index: number) {
  const wanted = labelsFor(namespaceSelector);
  const namespace = wanted[NAME] ?? `labelled-${index}`;
  return { namespace, namespaceLabels: { ...wanted, [NAME]: namespace }, labels: labelsFor(podSelector) };
}

/** The label that the API server gives every namespace. */
const NAME = 'kubernetes.io/metadata.name';

function labelsFor({ matchLabels, matchExpressions }: LabelSelector): Labels {
  const labels: Record<string, string> = { ...matchLabels };
  for (const { key, operator, values } of matchExpressions ?? []) {
    if (operator === 'In') labels[key] = values?.[0] ?? '';
    if (operator === 'Exists') labels[key] = 'any';
  }
  return labels;
}

function labelsOfNamespace(name: string, declared: readonly KubernetesObject[]): Labels {
  return declared.find(({ metadata }) => metadata.name === name)?.metadata.labels ?? {};
}

/** Every name of the graph on every pod, with numbers that differ from one pod to the next. */
function namedPorts(graph: Graph, index: number): Pod['ports'] {
  const named = portsOf(graph).flatMap(({ protocol, port }) =>
    typeof port === 'string' ? [{ protocol, name: port }] : [],
  );
  const distinct = [...new Map(named.map((port) => [JSON.stringify(port), port])).values()];
  return distinct.map(({ protocol, name }, position) => ({
    name,
    protocol,
    number: 7000 + 10 * position + (index % 2),
  }));
}

function portsOf({ flows }: Graph) {
  return flows.flatMap(({ traffic }) => (traffic.kind === 'ports' ? traffic.ports : []));
}

function numbersFor(graph: Graph, pods: readonly Pod[]): number[] {
  const numbers = portsOf(graph).flatMap(({ port, endPort }) => [port, endPort]);
  const named = pods.flatMap(({ ports }) => ports.map(({ number }) => number));
  const all = [...numbers.filter((port) => typeof port === 'number'), ...named, UNDECLARED];
  return [...new Set(all)].sort((a, b) => a - b);
}

function flowsBetween(ends: readonly End[], numbers: readonly number[]): Flow[] {
  const protocols: readonly Protocol[] = ['TCP', 'UDP'];
  return pairsOf(ends).flatMap((pair) => {
    return protocols.flatMap((protocol) => numbers.map((port) => ({ ...pair, protocol, port })));
  });
}

/** In the range that the apps' clusters give to pods; IPv6 unique local (RFC 4193). */
function podAddresses(index: number): string[] {
  return [`10.244.7.${index + 1}`, `fd00:10:244:7::${(index + 1).toString(16)}`];
}

/** Hosts that are in no block unless an app says so: documentation ranges, a private one, the metadata service. */
const usualHosts = ['192.0.2.7', '192.168.7.7', '169.254.169.254', '2001:db8:7::7', '3fff::7'];

function hostsFor({ flows }: Graph): string[] {
  const ends = flows.flatMap(({ from, to }) => [from, to]);
  const blocks = ends.flatMap((end) => (end.kind === 'addresses' ? end.blocks : []));
  const excepted = blocks.flatMap(({ except }) => except ?? []).map((cidr): Block => ({ cidr }));
  const found = [...blocks, ...excepted].flatMap((block) => hostIn(block) ?? []);
  return [...new Set([...found, ...usualHosts])];
}

/** Some address of the block that a network interface can have, its only one if need be; none of loopback, multicast or "this network". */
function hostIn(block: Block): string | undefined {
  const base = block.cidr.split('/')[0] as string;
  const near = base.includes(':')
    ? [base.replace(/::$/, '::7')]
    : [7, 20, 0].map((last) => base.replace(/\d+$/, `${Number(base.split('.')[3]) + last}`));
  const candidates = [...near, ...usualHosts, '8.8.8.7', '10.7.7.7', '2600::7'];
  return candidates.find((address) => isInBlock(block, address) && !unusable.some((one) => isInBlock(one, address)));
}

const unusable: readonly Block[] = ['0.0.0.0/8', '127.0.0.0/8', '224.0.0.0/3', '10.244.7.0/24'].map((cidr) => ({
  cidr,
}));

function namespacesFor(pods: readonly Pod[]): KubernetesObject[] {
  const labelsOf = new Map(pods.map(({ namespace, namespaceLabels }) => [namespace, namespaceLabels]));
  return [...labelsOf].map(([name, labels]) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }));
}

function podObject(pod: Pod, index: number): KubernetesObject {
  const [podIP] = podAddresses(index);
  const ports = pod.ports.map(({ name, protocol, number }) => ({ name, protocol, containerPort: number }));
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace: pod.namespace, labels: pod.labels },
    spec: { nodeName: 'node1', containers: [{ name: 'main', image: 'image', ports }] },
    status: { phase: 'Running', podIP, podIPs: podAddresses(index).map((ip) => ({ ip })) },
  };
}
