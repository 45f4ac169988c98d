import type { Random } from '../random';
import * as words from '../vocabulary';
import type { KubernetesObject, Place } from '../world';

type Json = Record<string, unknown>;

/** Which policies are made: the judge is wrong on names of ports, and on nodes. */
export interface Kinds {
  readonly names: boolean;
  readonly nodes: boolean;
}

interface Making {
  readonly random: Random;
  readonly place: Place;
  readonly namespaces: readonly string[];
  readonly kinds: Kinds;
}

/** An AdminNetworkPolicy that an API server takes, with every way of writing one somewhere among many. */
export function randomAdminPolicy(making: Making, name: string): KubernetesObject {
  const { random } = making;
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name },
    spec: {
      // Few enough that some are equal: then the judge goes by name.
      priority: random.oneOf([0, 1, 7, 99, 500, 1000]),
      ...randomSpec(making, ['Allow', 'Deny', 'Deny', 'Pass']),
    },
  };
}

/** The one BaselineAdminNetworkPolicy of a cluster. */
export function randomBaselinePolicy(making: Making): KubernetesObject {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'BaselineAdminNetworkPolicy',
    metadata: { name: 'default' },
    spec: randomSpec(making, ['Allow', 'Deny', 'Deny']),
  };
}

function randomSpec(making: Making, actions: readonly string[]): Json {
  const { random } = making;
  const ingress = random.happens(0.65) ? randomRules(making, 'from', actions) : undefined;
  const egress = random.happens(0.65) ? randomRules(making, 'to', actions) : undefined;
  return {
    subject: podsPeer(making),
    ...(ingress === undefined ? {} : { ingress }),
    ...(egress === undefined ? {} : { egress }),
  };
}

function randomRules(making: Making, end: 'from' | 'to', actions: readonly string[]): Json[] {
  const { random } = making;
  if (random.happens(0.05)) return [];
  return random.times(random.between(1, 4), () => {
    const mayBeNamed = making.kinds.names && (end === 'from' || random.happens(0.3));
    const peer = () => (end === 'from' || mayBeNamed ? podsPeer(making) : egressPeer(making));
    return {
      ...(random.happens(0.2) ? { name: 'rule' } : {}),
      action: random.oneOf(actions),
      [end]: random.times(random.between(1, 2), peer),
      ...(random.happens(0.6)
        ? { ports: random.times(random.between(1, 3), () => randomPort(random, mayBeNamed)) }
        : {}),
    };
  });
}

/** Who a policy is about, and who it meets. */
function podsPeer({ random, place, namespaces }: Making): Json {
  return random.weighted<() => Json>([
    [1, () => ({ namespaces: {} })],
    [3, () => ({ namespaces: namespaceSelector(random, place, namespaces) })],
    [1, () => ({ pods: { namespaceSelector: {}, podSelector: podSelector(random) } })],
    [1, () => ({ pods: { namespaceSelector: namespaceSelector(random, place, namespaces), podSelector: {} } })],
    [
      3,
      () => ({
        pods: { namespaceSelector: namespaceSelector(random, place, namespaces), podSelector: podSelector(random) },
      }),
    ],
  ])();
}

function egressPeer(making: Making): Json {
  const { random, place, kinds } = making;
  return random.weighted<() => Json>([
    [3, () => podsPeer(making)],
    [2, () => ({ networks: networks(random, words.outsideBlocks) })],
    [1, () => ({ networks: networks(random, words.podBlocks(place)) })],
    [kinds.nodes ? 2 : 0, () => ({ nodes: {} })],
  ])();
}

function networks(random: Random, choices: readonly words.BlockChoice[]): string[] {
  return random.some(choices, random.between(1, 2)).map(({ cidr }) => cidr);
}

function randomPort(random: Random, mayBeNamed: boolean): Json {
  const protocol = random.weighted<Json>([
    [3, {}],
    [2, { protocol: 'TCP' }],
    [3, { protocol: 'UDP' }],
    [2, { protocol: 'SCTP' }],
  ]);
  return random.weighted<() => Json>([
    [4, () => ({ portNumber: { ...protocol, port: random.oneOf(words.portNumbers) } })],
    [3, () => ({ portRange: { ...protocol, ...randomRange(random) } })],
    [mayBeNamed ? 15 : 0, () => ({ namedPort: random.oneOf(words.portNames) })],
  ])();
}

/** May be of one port. */
function randomRange(random: Random): Json {
  const start = random.oneOf([1, ...words.portNumbers]);
  return { start, end: random.oneOf([...words.portNumbers, 65535].filter((port) => port >= start)) };
}

function podSelector(random: Random): Json {
  return randomSelector(random, words.podLabels);
}

function namespaceSelector(random: Random, place: Place, namespaces: readonly string[]): Json {
  const names = [...namespaces, `${place.prefix}gone`];
  return randomSelector(random, { ...words.namespaceLabels, 'kubernetes.io/metadata.name': names });
}

function randomSelector(random: Random, labels: Readonly<Record<string, readonly string[]>>): Json {
  const key = random.oneOf(Object.keys(labels));
  const values = labels[key] ?? [];
  return random.weighted<() => Json>([
    [1, () => ({})],
    [3, () => ({ matchLabels: { [key]: random.oneOf(values) } })],
    [2, () => ({ matchExpressions: [{ key, operator: 'In', values: random.some(values, 2) }] })],
    [2, () => ({ matchExpressions: [{ key, operator: 'NotIn', values: random.some(values, 1) }] })],
    [1, () => ({ matchExpressions: [{ key, operator: 'Exists' }] })],
    [1, () => ({ matchExpressions: [{ key, operator: 'DoesNotExist' }] })],
  ])();
}
