/**
 * What a plane says of one packet where some of its rules and isolations may be there or not: slow and obvious, rule by rule.
 * `may`: some way of taking them lets it pass; `must`: each does.
 */
import { hasAddress } from '../../lib/model/ip-set';
import type { Direction, Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { matchesPod, type PodSet } from '../../lib/model/pod-set';
import { hasNumber, type Protocol, resolve } from '../../lib/model/port-set';
import type { OutsideEnd, PodEnd } from './decide';

export interface OpenConnection {
  readonly from: PodEnd | OutsideEnd;
  readonly to: PodEnd | OutsideEnd;
  /** One of the three, or any other. */
  readonly protocol: Protocol | 'other';
  readonly port: number;
}

export interface Answer {
  readonly must: boolean;
  readonly may: boolean;
}

export function answer(plane: Plane, connection: OpenConnection): Answer {
  const { from, to } = connection;
  const halves = [
    ...(isPod(from) ? [half(plane, 'egress', from, to, connection)] : []),
    ...(isPod(to) ? [half(plane, 'ingress', to, from, connection)] : []),
  ];
  return { must: halves.every(({ must }) => must), may: halves.every(({ may }) => may) };
}

function half(
  { layers, ipBlockMode }: Plane,
  direction: Direction,
  subject: PodEnd,
  peer: OpenConnection['to'],
  connection: OpenConnection,
): Answer {
  if (ipBlockMode === 'may') throw new Error('it is not said whether blocks mean pods');
  const outcomes = new Set<'allow' | 'deny'>();
  for (const layer of layers) {
    const matching = layer.rules.filter(
      (rule) =>
        rule.direction === direction &&
        contains(rule.subject, subject) &&
        rule.peers.some((it) => isPeer(it, peer, ipBlockMode === 'pods')) &&
        isTraffic(rule, connection),
    );
    const isolating = layer.isolations.filter((it) => it.direction === direction && contains(it.subject, subject));
    const after = ofLayer(layer, matching, isolating);
    if (after.has('allow')) outcomes.add('allow');
    if (after.has('deny')) outcomes.add('deny');
    if (!after.has('next')) return { must: !outcomes.has('deny'), may: outcomes.has('allow') };
  }
  return { must: !outcomes.has('deny'), may: true };
}

/** Every outcome of a layer, where the doubtful may count or not. A union of which all rules are certain is left to `decide.ts`. */
function ofLayer(
  { order, otherwise }: Layer,
  matching: readonly Rule[],
  isolating: Layer['isolations'],
): ReadonlySet<'allow' | 'deny' | 'next'> {
  const outcomes = new Set<'allow' | 'deny' | 'next'>();
  const inOrder = order === 'ranked' ? matching : [...matching].sort((a, b) => rankOf(a) - rankOf(b));
  for (const { action, isUncertain } of inOrder) {
    outcomes.add(action === 'pass' ? 'next' : action);
    if (isUncertain !== true) return outcomes;
  }
  if (otherwise === 'next' || isolating.every(({ isUncertain }) => isUncertain === true)) outcomes.add('next');
  if (otherwise === 'deny' && isolating.length > 0) outcomes.add('deny');
  return outcomes;
}

function rankOf({ action }: Rule): number {
  return action === 'deny' ? 0 : 1;
}

function isPeer(peer: RulePeer, end: OpenConnection['to'], blocksMeanPods: boolean): boolean {
  switch (peer.kind) {
    case 'anything':
      return true;
    case 'pods':
      return isPod(end) && contains(peer.pods, end);
    case 'addresses':
      return (blocksMeanPods || !isPod(end)) && hasAddress(peer.addresses, end.ip);
    case 'hosts':
      throw new Error('names of hosts are not asked about');
    case 'entity':
      return !isPod(end) && end.entity === peer.entity;
  }
}

function isTraffic({ ports, requests }: Rule, { to, protocol, port }: OpenConnection): boolean {
  if (requests !== undefined) throw new Error('requests are not asked about');
  if (protocol === 'other') return ports.other;
  return hasNumber(resolve(ports, isPod(to) ? (to.ports ?? []) : []), protocol, port);
}

function contains(set: PodSet, pod: PodEnd): boolean {
  return matchesPod(set, pod.namespaceLabels, pod.labels);
}

function isPod(end: OpenConnection['to']): end is PodEnd {
  return 'labels' in end;
}
