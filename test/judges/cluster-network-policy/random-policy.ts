import type { Random } from '../random';
import * as words from '../vocabulary';
import type { KubernetesObject, Place } from '../world';

type Json = Record<string, unknown>;

/** A ClusterNetworkPolicy that an API server takes, with every way of writing one somewhere among many. */
export function randomClusterPolicy(
  random: Random,
  place: Place,
  namespaces: readonly string[],
  name: string,
): KubernetesObject {
  const ingress = random.happens(0.65) ? randomRules(random, place, namespaces, 'from') : undefined;
  const egress = random.happens(0.65) ? randomRules(random, place, namespaces, 'to') : undefined;
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec: {
      tier: random.oneOf(['Admin', 'Baseline']),
      // Few enough that some are equal: then the judge goes by name.
      priority: random.oneOf([0, 1, 7, 99, 500, 1000]),
      subject: podsPeer(random, place, namespaces),
      ...(ingress === undefined ? {} : { ingress }),
      ...(egress === undefined ? {} : { egress }),
    },
  };
}

function randomRules(random: Random, place: Place, namespaces: readonly string[], end: 'from' | 'to'): Json[] {
  if (random.happens(0.05)) return [];
  return random.times(random.between(1, 4), () => {
    const isByName = random.happens(0.2);
    const peer = () =>
      end === 'from' || isByName ? podsPeer(random, place, namespaces) : egressPeer(random, place, namespaces);
    const protocols = random.weighted<() => Json>([
      [isByName ? 0 : 3, () => ({})],
      [
        5,
        () => ({
          protocols: random.times(random.between(1, 3), () => randomProtocol(random, end === 'from' || isByName)),
        }),
      ],
    ])();
    return {
      ...(random.happens(0.2) ? { name: 'rule' } : {}),
      action: random.oneOf(['Accept', 'Deny', 'Deny', 'Pass']),
      [end]: random.times(random.between(1, 2), peer),
      ...protocols,
    };
  });
}

/** Who a policy is about, and who it meets: namespaces alone, or pods, with and without a selector of namespaces. */
function podsPeer(random: Random, place: Place, namespaces: readonly string[]): Json {
  return random.weighted<() => Json>([
    [1, () => ({ namespaces: {} })],
    [3, () => ({ namespaces: namespaceSelector(random, place, namespaces) })],
    [1, () => ({ pods: { podSelector: podSelector(random) } })],
    [1, () => ({ pods: { namespaceSelector: {}, podSelector: podSelector(random) } })],
    [
      3,
      () => ({
        pods: { namespaceSelector: namespaceSelector(random, place, namespaces), podSelector: podSelector(random) },
      }),
    ],
  ])();
}

function egressPeer(random: Random, place: Place, namespaces: readonly string[]): Json {
  return random.weighted<() => Json>([
    [3, () => podsPeer(random, place, namespaces)],
    [2, () => ({ networks: networks(random, words.outsideBlocks) })],
    [1, () => ({ networks: networks(random, words.podBlocks(place)) })],
  ])();
}

function networks(random: Random, choices: readonly words.BlockChoice[]): string[] {
  return random.some(choices, random.between(1, 2)).map(({ cidr }) => cidr);
}

function randomProtocol(random: Random, mayBeNamed: boolean): Json {
  const protocol = random.oneOf(['tcp', 'udp', 'sctp']);
  return random.weighted<() => Json>([
    [4, () => ({ [protocol]: { destinationPort: { number: random.oneOf(words.portNumbers) } } })],
    [3, () => ({ [protocol]: { destinationPort: { range: randomRange(random) } } })],
    [mayBeNamed ? 5 : 0, () => ({ destinationNamedPort: random.oneOf(words.portNames) })],
  ])();
}

function randomRange(random: Random): Json {
  const start = random.oneOf([1, ...words.portNumbers]);
  return { start, end: random.oneOf([...words.portNumbers, 65535].filter((port) => port > start)) };
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
