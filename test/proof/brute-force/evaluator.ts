import type { GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import { type HostPattern, matchesHost } from '../../../lib/model/host-pattern';
import * as ips from '../../../lib/model/ip-set';
import type { Direction, Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { matchesPod, type PodSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { matchesRequest, type RequestMatch } from '../../../lib/model/request-match';
import type { Address, Known, Peer, Pod, Point, Sent } from './points';

// What a plane admits, rule by rule. Only for planes that leave nothing unknown (not the mode `may`).

export function withoutAllows(layer: Layer): Layer {
  return { ...layer, rules: layer.rules.filter(({ action }) => action !== 'allow') };
}

export function binds(layer: Layer, direction: Direction, subject: Pod, sent: Sent): Layer {
  return {
    ...layer,
    rules: layer.rules.filter(
      (rule) => rule.direction === direction && has(rule.subject, subject) && sends(rule.requests, sent),
    ),
    isolations: layer.isolations.filter((each) => each.direction === direction && has(each.subject, subject)),
  };
}

/** One of what can be sent for each way in which the requests at hand tell it apart. */
export function toldApart(
  all: readonly Sent[],
  { flows }: Pick<GraphData, 'flows'>,
  { layers }: Plane,
): readonly Sent[] {
  const lists = [...flows.map(({ traffic }) => traffic), ...layers.flatMap(({ rules }) => rules)].map(
    ({ requests }) => requests,
  );
  const bySignature = new Map(
    all.map((sent) => [lists.map((requests) => Number(sends(requests, sent))).join(''), sent]),
  );
  return [...bySignature.values()];
}

/** For layers of which only rules and isolations that bind the subject are left. */
export function admits(
  layers: readonly Layer[],
  point: Point,
  isWide: (rule: Rule) => boolean,
  mode: Plane['ipBlockMode'],
): boolean {
  for (const layer of layers) {
    const verdict = verdictOf(layer, point, isWide, mode);
    if (verdict !== 'next') return verdict === 'allow';
  }
  return true;
}

function verdictOf(
  layer: Layer,
  point: Point,
  isWide: (rule: Rule) => boolean,
  mode: Plane['ipBlockMode'],
): 'allow' | 'deny' | 'next' {
  const hits = layer.rules.filter((rule) => hitBy(rule, point, isWide(rule), mode)).map(({ action }) => action);
  const decisive = layer.order === 'ranked' ? hits[0] : (hits.find((action) => action === 'deny') ?? hits[0]);
  if (decisive === 'pass') return 'next';
  if (decisive !== undefined) return decisive;
  return layer.isolations.length > 0 && layer.otherwise === 'deny' ? 'deny' : 'next';
}

function hitBy(rule: Rule, point: Point, isWide: boolean, mode: Plane['ipBlockMode']): boolean {
  return carries(rule.ports, point) && rule.peers.some((each) => isHit(each, point.peer, isWide, rule.action, mode));
}

function isHit(
  each: RulePeer,
  peer: Peer,
  isWide: boolean,
  action: Rule['action'],
  mode: Plane['ipBlockMode'],
): boolean {
  switch (each.kind) {
    case 'anything':
      return true;
    case 'pods':
      return 'labels' in peer && has(each.pods, peer);
    case 'addresses':
      if ('entity' in peer && mode === 'external-only' && peer.entity !== 'api-server') return false;
      return (!('labels' in peer || 'entity' in peer) || isWideFor(peer)) && isIn(each.addresses, peer.address);
    case 'hosts':
      return 'hosts' in peer && (action === 'allow' || isWide) && leads(each.patterns, peer);
    case 'entity':
      return 'entity' in peer && peer.entity === each.entity;
  }

  function isWideFor(other: Pod | Known): boolean {
    return isWide && ('entity' in other || mode !== 'external-only');
  }
}

function leads(patterns: readonly HostPattern[], { hosts }: Address): boolean {
  return patterns.some((pattern) => hosts.some((name) => matchesHost(pattern, name) === true));
}

export function sends(requests: readonly RequestMatch[] | undefined, sent: Sent): boolean {
  if (requests === undefined) return true;
  return requests.some((match) => {
    if (sent === 'other') return false;
    if ('topic' in sent) return match.protocol === 'kafka' && `${match.role} ${match.topic}` === sent.topic;
    return matchesRequest(match, sent) === true;
  });
}

export const has = remembering((set: PodSet, { namespace, labels }: Pod) => matchesPod(set, namespace, labels));
export const isIn = remembering(ips.hasAddress);

/** The same few sets are asked about the same few points again and again. */
function remembering<S extends object, P>(isInside: (set: S, point: P) => boolean): (set: S, point: P) => boolean {
  const bySet = new WeakMap<S, Map<P, boolean>>();
  return (set, point) => {
    let answers = bySet.get(set);
    if (answers === undefined) {
      answers = new Map();
      bySet.set(set, answers);
    }
    let answer = answers.get(point);
    if (answer === undefined) {
      answer = isInside(set, point);
      answers.set(point, answer);
    }
    return answer;
  };
}

export function isAt(end: Endpoint, peer: Peer): boolean {
  switch (end.kind) {
    case 'addresses':
      return 'hosts' in peer && isIn(end.addresses, peer.address);
    case 'hosts':
      return 'hosts' in peer && leads(end.patterns, peer);
    case 'entity':
      return 'entity' in peer && peer.entity === end.entity;
    default:
      return 'labels' in peer && has(end.pods, peer);
  }
}

export function carries(set: ports.PortSet, { direction, peer, port }: Point): boolean {
  if (port === 'other') return set.other;
  const hasNames = direction === 'ingress' || 'labels' in peer;
  return (
    ports.hasNumber(set, 'TCP', port.number) || (hasNames && port.names.some((name) => ports.hasName(set, 'TCP', name)))
  );
}
