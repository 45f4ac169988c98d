import type { Random } from '../random';
import * as words from '../vocabulary';
import type { KubernetesObject, Place } from '../world';

type Json = Record<string, unknown>;
type Direction = 'ingress' | 'egress';

/** What a policy is written for. */
interface Scene {
  readonly place: Place;
  readonly namespaces: readonly string[];
  /** Of the policy; absent for cluster-wide ones. */
  readonly namespace?: string;
}

/** A policy that Cilium takes and that we read, with every way of writing one somewhere among many. */
export function randomCiliumPolicy(
  random: Random,
  place: Place,
  namespaces: readonly string[],
  name: string,
): KubernetesObject {
  const namespace = random.happens(0.7) ? random.oneOf(namespaces) : undefined;
  const scene: Scene = { place, namespaces, ...(namespace !== undefined && { namespace }) };
  const spec = () => randomSpec(random, scene);
  const kind = namespace === undefined ? 'CiliumClusterwideNetworkPolicy' : 'CiliumNetworkPolicy';
  const specs = random.weighted<() => Json>([
    [8, () => ({ spec: spec() })],
    [1, () => ({ specs: [spec(), spec()] })],
    [1, () => ({ spec: spec(), specs: [spec()] })],
  ])();
  const metadata = namespace === undefined ? { name } : { name, namespace };
  return { apiVersion: 'cilium.io/v2', kind, metadata, ...specs };
}

function randomSpec(random: Random, scene: Scene): Json {
  const enableDefaultDeny = random.weighted<() => Json | undefined>([
    [7, () => undefined],
    [1, () => ({})],
    [2, () => ({ ingress: random.happens(0.5) })],
    [2, () => ({ egress: random.happens(0.5) })],
    [2, () => ({ ingress: random.happens(0.5), egress: random.happens(0.5) })],
  ])();
  const list = (direction: Direction, isDeny: boolean): Json[] => {
    const mayLimit = !isDeny && enableDefaultDeny?.[direction] !== false;
    return random.times(random.between(1, 3), () => randomRule(random, scene, direction, isDeny, mayLimit));
  };
  const lists: Json = {
    ...(random.happens(0.55) && { ingress: list('ingress', false) }),
    ...(random.happens(0.2) && { ingressDeny: list('ingress', true) }),
    ...(random.happens(0.55) && { egress: list('egress', false) }),
    ...(random.happens(0.2) && { egressDeny: list('egress', true) }),
  };
  return {
    endpointSelector: randomSubject(random, scene),
    ...(Object.keys(lists).length === 0 ? { ingress: [{}] } : lists),
    ...(enableDefaultDeny !== undefined && { enableDefaultDeny }),
  };
}

function randomRule(random: Random, scene: Scene, direction: Direction, isDeny: boolean, mayLimit: boolean): Json {
  if (random.happens(0.08)) return {};
  const peers = randomPeers(random, scene, direction, isDeny);
  const needsPorts = Object.keys(peers).length === 0;
  if (!needsPorts && random.happens(0.04)) return { ...peers, icmps: [{ fields: [{ type: 8 }] }] };
  if (!needsPorts && random.happens(0.25)) return random.happens(0.3) ? { ...peers, toPorts: [] } : peers;
  const toPorts = random.times(random.between(1, 2), () => randomPorts(random, direction, mayLimit));
  return { ...peers, toPorts };
}

function randomPeers(random: Random, scene: Scene, direction: Direction, isDeny: boolean): Json {
  const field = (kind: string) => `${direction === 'ingress' ? 'from' : 'to'}${kind}`;
  const mayName = direction === 'egress' && !isDeny;
  return random.weighted<() => Json>([
    [10, () => ({ [field('Endpoints')]: random.times(random.between(1, 2), () => randomPeer(random, scene)) })],
    [2, () => ({ [field('CIDR')]: random.some(blocks(scene), random.between(1, 2)).map(({ cidr }) => cidr) })],
    [3, () => ({ [field('CIDRSet')]: random.some(blocks(scene), random.between(1, 2)).map(randomBlock(random)) })],
    [4, () => ({ [field('Entities')]: random.oneOf(entities) })],
    [mayName ? 3 : 0, () => ({ toFQDNs: random.some(hosts, random.between(1, 2)) })],
    [1, () => ({ [field(random.oneOf(['Endpoints', 'CIDR', 'CIDRSet', 'Entities']))]: [] })],
    [mayName ? 1 : 0, () => ({ toFQDNs: [] })],
    [4, () => ({})],
  ])();
}

const entities = [
  ['world'],
  ['cluster'],
  ['all'],
  ['none'],
  ['host', 'remote-node'],
  ['kube-apiserver'],
  ['world', 'kube-apiserver'],
  ['cluster', 'remote-node'],
  ['ingress'],
  ['ingress', 'world'],
];

const hosts: readonly Json[] = [
  { matchName: 'api.example.com' },
  { matchName: 'API.Example.com.' },
  { matchName: 'example.org' },
  { matchPattern: '*.example.com' },
  { matchPattern: '**.example.com' },
  { matchPattern: '*' },
  { matchPattern: 'www.example.com' },
];

function blocks({ place }: Scene) {
  return [...words.outsideBlocks, ...words.podBlocks(place)];
}

function randomBlock(random: Random) {
  return ({ cidr, except }: words.BlockChoice): Json =>
    random.weighted<() => Json>([
      [2, () => ({ cidr })],
      [except.length === 0 ? 0 : 3, () => ({ cidr, except: random.some(except, random.between(1, except.length)) })],
      [1, () => ({ cidr, except: [cidr] })],
    ])();
}

function randomPorts(random: Random, direction: Direction, mayLimit: boolean): Json {
  if (mayLimit && random.happens(0.15)) {
    const ports = random.some(httpPorts, random.between(1, 2)).map((port) => ({ port: `${port}`, protocol: 'TCP' }));
    return { ports, rules: { http: random.some(httpRules, random.between(0, 2)) } };
  }
  if (mayLimit && direction === 'egress' && random.happens(0.2)) {
    const protocol = random.oneOf(['ANY', 'UDP', 'TCP']);
    return { ports: [{ port: '53', protocol }], rules: { dns: random.some(dnsRules, random.between(0, 2)) } };
  }
  return { ports: random.times(random.between(1, 3), () => randomPort(random)) };
}

/** Requests of two protocols on one port cannot be merged, so that DNS has a port of its own. */
const httpPorts = words.portNumbers.filter((port) => port !== 53);

const httpRules: readonly Json[] = [
  {},
  { method: 'GET' },
  { path: '/a(\\?.*)?' },
  { path: '/.*', headers: ['X-Team'] },
  { host: 'a.*', headerMatches: [{ name: 'x', value: 'y', mismatch: 'LOG' }] },
];

const dnsRules: readonly Json[] = [
  { matchPattern: '*' },
  { matchPattern: '*.example.com' },
  { matchPattern: '**.example.com' },
  { matchName: 'api.example.com' },
  { matchName: 'kubernetes.default.svc.cluster.local' },
];

function randomPort(random: Random): Json {
  const protocol = random.weighted<Json>([
    [3, { protocol: 'TCP' }],
    [3, { protocol: 'UDP' }],
    [2, { protocol: 'SCTP' }],
    [2, { protocol: 'ANY' }],
    [2, {}],
  ]);
  const port = random.weighted<() => Json>([
    [5, () => ({ port: `${random.oneOf(words.portNumbers)}` })],
    [3, () => randomRange(random)],
    [2, () => ({ port: '0' })],
    [3, () => ({ port: random.oneOf(words.portNames) })],
    [1, () => ({ port: random.oneOf(words.portNames).toUpperCase() })],
  ])();
  return { ...port, ...protocol };
}

function randomRange(random: Random): Json {
  const first = random.oneOf([1, ...words.portNumbers]);
  return { port: `${first}`, endPort: random.oneOf([...words.portNumbers, 65535].filter((port) => port >= first)) };
}

const NAMESPACE = 'io.kubernetes.pod.namespace';

function randomSubject(random: Random, scene: Scene): Json {
  const ofPods = randomRequirements(random, words.podLabels);
  const isPlaced = random.happens(scene.namespace === undefined ? 0.5 : 0.06);
  return selectorOf(random, isPlaced ? [...ofPods, ...randomPlace(random, scene)] : ofPods);
}

function randomPeer(random: Random, scene: Scene): Json {
  const ofPods = randomRequirements(random, words.podLabels);
  return selectorOf(random, random.happens(0.5) ? [...ofPods, ...randomPlace(random, scene)] : ofPods);
}

interface Requirement {
  readonly key: string;
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
  readonly values?: readonly string[];
}

/** One requirement or more on namespaces, of which one is met by pods alone. */
function randomPlace(random: Random, { namespaces, place }: Scene): Requirement[] {
  const names = [...namespaces, `${place.prefix}gone`];
  const exists: Requirement = { key: `k8s:${NAMESPACE}`, operator: 'Exists' };
  const ofLabels = randomRequirements(random, words.namespaceLabels).map((it) => ({
    ...it,
    key: `io.cilium.k8s.namespace.labels.${it.key}`,
  }));
  return random.weighted<() => Requirement[]>([
    [3, () => [{ key: NAMESPACE, operator: 'In', values: random.some(names, random.between(1, 2)) }]],
    [1, () => [{ key: `k8s:${NAMESPACE}`, operator: 'In', values: [random.oneOf(names)] }]],
    [1, () => [exists]],
    [2, () => [exists, { key: NAMESPACE, operator: 'NotIn', values: [random.oneOf(names)] }]],
    [3, () => [exists, ...ofLabels]],
  ])();
}

function randomRequirements(random: Random, labels: Readonly<Record<string, readonly string[]>>): Requirement[] {
  const key = random.oneOf(Object.keys(labels));
  const values = labels[key] ?? [];
  return random.weighted<() => Requirement[]>([
    [3, () => []],
    [3, () => [{ key, operator: 'In', values: [random.oneOf(values)] }]],
    [2, () => [{ key, operator: 'In', values: random.some(values, 2) }]],
    [2, () => [{ key, operator: 'NotIn', values: random.some(values, 1) }]],
    [1, () => [{ key, operator: 'Exists' }]],
    [1, () => [{ key, operator: 'DoesNotExist' }]],
  ])();
}

/** Keys with a source or without, and single values in either place. */
function selectorOf(random: Random, requirements: readonly Requirement[]): Json {
  const written = requirements.map((it) => {
    const isWhole = it.key.includes(':');
    return { ...it, key: isWhole ? it.key : `${random.oneOf(['', '', 'k8s:', 'any:'])}${it.key}` };
  });
  const matchLabels: Record<string, string> = {};
  const matchExpressions: Json[] = [];
  for (const { key, operator, values } of written) {
    const isLabel = operator === 'In' && values?.length === 1 && random.happens(0.7) && !(key in matchLabels);
    if (isLabel) matchLabels[key] = values?.[0] as string;
    else matchExpressions.push({ key, operator, ...(values !== undefined && { values }) });
  }
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}
