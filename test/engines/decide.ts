/**
 * Whether one connection passes a plane, by what its layers say and nothing else: slow and obvious, rule by rule. Addresses
 * of pods are known here, so that a block either means pods or never does.
 */
import { matchesHost } from '../../lib/model/host-pattern';
import { hasAddress } from '../../lib/model/ip-set';
import type { Direction, Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { matchesPod, type PodSet } from '../../lib/model/pod-set';
import { type DeclaredPort, hasNumber, type Protocol, resolve } from '../../lib/model/port-set';
import { type HttpRequest, matchesRequest } from '../../lib/model/request-match';
import type { Labels } from '../../lib/model/selector';

export interface PodEnd {
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly ip: string;
  readonly ports?: readonly DeclaredPort[];
}

/** Something outside the cluster; `host` is the name that was asked for to learn its address. */
export interface OutsideEnd {
  readonly ip: string;
  readonly host?: string;
  /** It is a node, or the API server. */
  readonly entity?: 'nodes' | 'api-server' | 'ingress';
}

export interface Connection {
  readonly from: PodEnd | OutsideEnd;
  readonly to: PodEnd | OutsideEnd;
  readonly protocol: Protocol;
  readonly port: number;
  /** What is sent over it; without one, no rule about requests matches. */
  readonly request?: HttpRequest;
}

export function passes(plane: Plane, connection: Connection): boolean {
  const { from, to } = connection;
  return (
    (!isPod(from) || decides(plane, 'egress', from, to, connection)) &&
    (!isPod(to) || decides(plane, 'ingress', to, from, connection))
  );
}

function decides(
  { layers, ipBlockMode }: Plane,
  direction: Direction,
  subject: PodEnd,
  peer: Connection['to'],
  connection: Connection,
): boolean {
  if (ipBlockMode === 'may') throw new Error('it is not said whether blocks mean pods');
  const blocksMeanPods = ipBlockMode === 'pods';
  for (const layer of layers) {
    const matching = layer.rules.filter(
      (rule) =>
        rule.direction === direction &&
        contains(rule.subject, subject) &&
        rule.peers.some((it) => isPeer(it, peer, blocksMeanPods)) &&
        isTraffic(rule, connection),
    );
    const action = actionOf(layer, matching);
    if (action === 'allow') return true;
    if (action === 'deny') return false;
    if (action === 'pass' || layer.otherwise === 'next') continue;
    if (layer.isolations.some((it) => it.direction === direction && contains(it.subject, subject))) return false;
  }
  return true;
}

function actionOf({ order }: Layer, matching: readonly Rule[]): Rule['action'] | undefined {
  if (order === 'ranked') return matching[0]?.action;
  const actions = matching.map(({ action }) => action);
  return actions.includes('deny') ? 'deny' : actions[0];
}

function isPeer(peer: RulePeer, end: Connection['to'], blocksMeanPods: boolean): boolean {
  switch (peer.kind) {
    case 'anything':
      return true;
    case 'pods':
      return isPod(end) && contains(peer.pods, end);
    case 'addresses':
      return (blocksMeanPods || isOutside(end)) && hasAddress(peer.addresses, end.ip);
    case 'hosts': {
      const { host } = end as OutsideEnd;
      return host !== undefined && peer.patterns.some((pattern) => matchesHost(pattern, host) === true);
    }
    case 'entity':
      return !isPod(end) && end.entity === peer.entity;
  }
}

/** Where blocks do not mean pods, they do not mean nodes either. */
function isOutside(end: Connection['to']): boolean {
  return !isPod(end) && end.entity !== 'nodes' && end.entity !== 'ingress';
}

function isTraffic({ ports, requests }: Rule, { to, protocol, port, request }: Connection): boolean {
  const numbers = resolve(ports, isPod(to) ? (to.ports ?? []) : []);
  if (!hasNumber(numbers, protocol, port)) return false;
  return (
    requests === undefined || (request !== undefined && requests.some((it) => matchesRequest(it, request) === true))
  );
}

function contains(set: PodSet, pod: PodEnd): boolean {
  return matchesPod(set, pod.namespaceLabels, pod.labels);
}

function isPod(end: Connection['to']): end is PodEnd {
  return 'labels' in end;
}
