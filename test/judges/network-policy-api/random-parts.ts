import type { Random } from '../random';
import * as words from '../vocabulary';
import type { Place } from '../world';

export type Json = Record<string, unknown>;

/** What the parts of a random policy are drawn from. */
export interface Making {
  readonly random: Random;
  readonly place: Place;
  readonly namespaces: readonly string[];
}

/** How often, beside what both kinds have, one kind draws what is its own. Nothing is drawn for it where the number is 0. */
export interface OwnPeers {
  readonly podsAlone: number;
  readonly podsOfNamespaces: number;
  readonly nodes: number;
}

/** The rules of each direction, and often none of it. */
export function randomDirections(random: Random, rulesOf: (end: 'from' | 'to') => Json[]): Json {
  const ingress = random.happens(0.65) ? rulesOf('from') : undefined;
  const egress = random.happens(0.65) ? rulesOf('to') : undefined;
  return {
    ...(ingress === undefined ? {} : { ingress }),
    ...(egress === undefined ? {} : { egress }),
  };
}

/** Few enough that some are equal: then the judge goes by name. */
export function randomPriority(random: Random): number {
  return random.oneOf([0, 1, 7, 99, 500, 1000]);
}

/** Who a policy is about, and who it meets: namespaces alone, or pods, with and without a selector of namespaces. */
export function podsPeer(making: Making, own: OwnPeers): Json {
  const { random } = making;
  return random.weighted<() => Json>([
    [1, () => ({ namespaces: {} })],
    [3, () => ({ namespaces: namespaceSelector(making) })],
    [own.podsAlone, () => ({ pods: { podSelector: podSelector(random) } })],
    [1, () => ({ pods: { namespaceSelector: {}, podSelector: podSelector(random) } })],
    [own.podsOfNamespaces, () => ({ pods: { namespaceSelector: namespaceSelector(making), podSelector: {} } })],
    [3, () => ({ pods: { namespaceSelector: namespaceSelector(making), podSelector: podSelector(random) } })],
  ])();
}

export function egressPeer(making: Making, own: OwnPeers): Json {
  const { random, place } = making;
  return random.weighted<() => Json>([
    [3, () => podsPeer(making, own)],
    [2, () => ({ networks: networks(random, words.outsideBlocks) })],
    [1, () => ({ networks: networks(random, words.podBlocks(place)) })],
    [own.nodes, () => ({ nodes: {} })],
  ])();
}

/** `least`: how far its end is from its start at least. */
export function randomRange(random: Random, least: 0 | 1): Json {
  const start = random.oneOf([1, ...words.portNumbers]);
  return { start, end: random.oneOf([...words.portNumbers, 65535].filter((port) => port >= start + least)) };
}

function networks(random: Random, choices: readonly words.BlockChoice[]): string[] {
  return random.some(choices, random.between(1, 2)).map(({ cidr }) => cidr);
}

function podSelector(random: Random): Json {
  return randomSelector(random, words.podLabels);
}

function namespaceSelector({ random, place, namespaces }: Making): Json {
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
