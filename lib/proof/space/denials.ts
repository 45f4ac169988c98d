import type { Endpoint } from '../../model/endpoint';
import { isPods } from '../../model/endpoint';
import * as ips from '../../model/ip-set';
import type { Direction, Layer, Plane, Rule, RulePeer } from '../../model/layer';
import { anyPods, type PodSet, podSetImplies, podSetsIntersect } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';

/** A rule that denies before anything is allowed or passed on: whatever it matches is denied. */
export interface FirstDeny extends Rule {
  /** Pods of which something may be allowed or passed on before it, by rules that are not certain. @default none */
  readonly unless?: readonly PodSet[];
}

export function deniesThatComeFirst(layers: readonly Layer[], direction: Direction): FirstDeny[] {
  const denies: FirstDeny[] = [];
  const unless: PodSet[] = [];
  for (const { order, rules } of layers) {
    const own = rules.filter((rule) => rule.direction === direction);
    const inOrder = order === 'union' ? [...own.filter(isDeny), ...own.filter((rule) => !isDeny(rule))] : own;
    for (const rule of inOrder) {
      if (rule.isUncertain) {
        if (!isDeny(rule)) unless.push(rule.subject);
        continue;
      }
      if (!isDeny(rule)) return denies;
      denies.push(unless.length === 0 ? rule : { ...rule, unless: [...unless] });
    }
  }
  return denies;
}

/** What of an end the denials leave to pods for this traffic, as far as it is certain; undefined where that is nothing. */
export function notDenied(
  denies: readonly FirstDeny[],
  pods: PodSet,
  other: Endpoint,
  portSet: PortSet,
): Endpoint | undefined {
  const peers = denies
    .filter(
      ({ requests, subject, ports: denied, unless = [] }) =>
        requests === undefined &&
        podSetImplies(pods, subject) &&
        ports.covers(denied, portSet) &&
        !unless.some((others) => podSetsIntersect(pods, others)),
    )
    .flatMap((rule) => rule.peers);
  if (peers.some((peer) => hasAllOf(peer, other))) return undefined;
  if (other.kind !== 'addresses') return other;
  const denied = peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : []));
  if (denied.length === 0) return other;
  const left = ips.difference(other.addresses, ips.unionOf(denied));
  return ips.isEmpty(left) ? undefined : { kind: 'addresses', addresses: left };
}

/** Pods of which nothing is left to the next layer, whatever it is: they are isolated, or a rule denies the rest. */
export function closedBy(layer: Layer, direction: Direction, { ipBlockMode }: Plane): PodSet[] {
  const own = layer.rules.filter((rule) => rule.direction === direction);
  // What is passed on is left to the next layer, and which it is matters too much to be told here.
  if (own.some(({ action }) => action === 'pass')) return [];
  const isolated =
    layer.otherwise === 'deny'
      ? layer.isolations.filter((each) => each.direction === direction && !each.isUncertain)
      : [];
  const denied = own.filter((rule) => isDeny(rule) && deniesEverything(rule, ipBlockMode));
  return [...isolated, ...denied].map(({ subject }) => subject);
}

function deniesEverything(
  { peers, ports: set, requests, isUncertain }: Rule,
  ipBlockMode: Plane['ipBlockMode'],
): boolean {
  if (isUncertain || requests !== undefined || !ports.covers(set, ports.everything)) return false;
  if (peers.some(({ kind }) => kind === 'anything')) return true;
  // Elsewhere, what is no pod has an address by which it is matched.
  const addresses = ips.unionOf(peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : [])));
  const hasPods = peers.some((peer) => peer.kind === 'pods' && podSetImplies(anyPods, peer.pods));
  return ipBlockMode !== 'external-only' && hasPods && ips.contains(addresses, ips.all);
}

function hasAllOf(peer: RulePeer, end: Endpoint): boolean {
  switch (peer.kind) {
    case 'anything':
      return true;
    case 'pods':
      return isPods(end) && podSetImplies(end.pods, peer.pods);
    case 'entity':
      return end.kind === 'entity' && end.entity === peer.entity;
    // Names are never denied for certain, and blocks are taken away together.
    case 'hosts':
    case 'addresses':
      return false;
  }
}

function isDeny({ action }: Rule): boolean {
  return action === 'deny';
}
