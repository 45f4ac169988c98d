import type { Random } from './random';
import * as words from './vocabulary';
import type { KubernetesObject, Place } from './world';

type Json = Record<string, unknown>;

/** A NetworkPolicy that an API server takes, with every way of writing one somewhere among many. */
export function randomPolicy(
  random: Random,
  place: Place,
  namespaces: readonly string[],
  name: string,
): KubernetesObject {
  const ingress = random.happens(0.65) ? randomRules(random, place, namespaces, 'from') : undefined;
  const egress = random.happens(0.6) ? randomRules(random, place, namespaces, 'to') : undefined;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: random.oneOf(namespaces) },
    spec: {
      podSelector: random.happens(0.35) ? {} : podSelector(random),
      ...policyTypes(random, ingress, egress),
      ...(ingress === undefined ? {} : { ingress }),
      ...(egress === undefined ? {} : { egress }),
    },
  };
}

/** Most often what the rules call for; otherwise any combination, absent, null and empty among them. */
function policyTypes(random: Random, ingress: unknown, egress: unknown): Json {
  if (random.happens(0.7)) {
    const meant = [...(ingress === undefined ? [] : ['Ingress']), ...(egress === undefined ? [] : ['Egress'])];
    return { policyTypes: meant };
  }
  return random.oneOf<Json>([
    {},
    { policyTypes: null },
    { policyTypes: [] },
    { policyTypes: ['Ingress'] },
    { policyTypes: ['Egress'] },
    { policyTypes: ['Ingress', 'Egress'] },
    { policyTypes: ['Egress', 'Ingress'] },
  ]);
}

function randomRules(random: Random, place: Place, namespaces: readonly string[], end: 'from' | 'to'): Json[] | null {
  return random.weighted<() => Json[] | null>([
    [1, () => null],
    [1, () => []],
    [1, () => [{}]],
    [7, () => random.times(random.between(1, 3), () => randomRule(random, place, namespaces, end))],
  ])();
}

function randomRule(random: Random, place: Place, namespaces: readonly string[], end: 'from' | 'to'): Json {
  const peers = random.weighted<() => Json>([
    [1, () => ({})],
    [0.5, () => ({ [end]: null })],
    [0.5, () => ({ [end]: [] })],
    [8, () => ({ [end]: random.times(random.between(1, 3), () => randomPeer(random, place, namespaces)) })],
  ])();
  const ports = random.weighted<() => Json>([
    [3, () => ({})],
    [0.3, () => ({ ports: null })],
    [0.3, () => ({ ports: [] })],
    [6, () => ({ ports: random.times(random.between(1, 3), () => randomPort(random)) })],
  ])();
  return { ...peers, ...ports };
}

function randomPeer(random: Random, place: Place, namespaces: readonly string[]): Json {
  return random.weighted<() => Json>([
    [3, () => ({ podSelector: podSelector(random) })],
    [1, () => ({ podSelector: podSelector(random), namespaceSelector: null })],
    [3, () => ({ namespaceSelector: namespaceSelector(random, namespaces) })],
    [1, () => ({ namespaceSelector: namespaceSelector(random, namespaces), podSelector: null })],
    [3, () => ({ namespaceSelector: namespaceSelector(random, namespaces), podSelector: podSelector(random) })],
    [2, () => ({ ipBlock: randomBlock(random, words.outsideBlocks) })],
    [1, () => ({ ipBlock: randomBlock(random, words.podBlocks(place)) })],
  ])();
}

function randomBlock(random: Random, choices: readonly words.BlockChoice[]): Json {
  const { cidr, except } = random.oneOf(choices);
  return random.weighted<() => Json>([
    [2, () => ({ cidr })],
    [1, () => ({ cidr, except: random.oneOf([null, []]) })],
    [3, () => ({ cidr, except: random.some(except, random.between(1, 2)) })],
  ])();
}

function randomPort(random: Random): Json {
  const protocol = random.weighted<Json>([
    [4, {}],
    [1, { protocol: null }],
    [2, { protocol: 'TCP' }],
    [3, { protocol: 'UDP' }],
    [2, { protocol: 'SCTP' }],
  ]);
  return random.weighted<() => Json>([
    [2, () => protocol],
    [4, () => ({ ...protocol, port: random.oneOf(words.portNumbers) })],
    [4, () => ({ ...protocol, port: random.oneOf(words.portNames) })],
    [3, () => ({ ...protocol, ...randomRange(random) })],
  ])();
}

function randomRange(random: Random): Json {
  const [a, b] = [random.oneOf(words.portNumbers), random.oneOf([...words.portNumbers, 65535])];
  return { port: Math.min(a, b), endPort: Math.max(a, b) };
}

function podSelector(random: Random): Json {
  return randomSelector(random, words.podLabels);
}

function namespaceSelector(random: Random, namespaces: readonly string[]): Json {
  return randomSelector(random, { ...words.namespaceLabels, 'kubernetes.io/metadata.name': [...namespaces, 'gone'] });
}

function randomSelector(random: Random, labels: Readonly<Record<string, readonly string[]>>): Json {
  const keys = Object.keys(labels);
  const expressions = () => random.times(random.between(1, 2), () => randomExpression(random, labels));
  const matchLabels = () => {
    const key = random.oneOf(keys);
    return { [key]: random.oneOf(labels[key] ?? []) };
  };
  return random.weighted<() => Json>([
    [2, () => ({})],
    [0.3, () => ({ matchLabels: null, matchExpressions: [] })],
    [3, () => ({ matchLabels: matchLabels() })],
    [4, () => ({ matchExpressions: expressions() })],
    [1, () => ({ matchLabels: matchLabels(), matchExpressions: expressions() })],
  ])();
}

function randomExpression(random: Random, labels: Readonly<Record<string, readonly string[]>>): Json {
  const key = random.oneOf(Object.keys(labels));
  const operator = random.oneOf(['In', 'NotIn', 'NotIn', 'Exists', 'DoesNotExist']);
  if (operator === 'Exists' || operator === 'DoesNotExist') return { key, operator };
  const values = labels[key] ?? [];
  return { key, operator, values: random.some(values, random.between(1, values.length - 1)) };
}
