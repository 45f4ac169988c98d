import { type Endpoint, isPods } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import { type HostPattern, matchesHost } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { Direction, Isolation, Layer, Plane, Rule, RulePeer } from '../../model/layer';
import { matchesPod, type PodSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { matchesRequest, type RequestMatch } from '../../model/request-match';
import { acceptsPods, type BlockMode, type Bound, isReckonedWith, matchesEntity, opposite } from '../terms/facts';
import type { Connection } from './cell';
import { hostAssumption, isEveryQuery, requestAssumption } from './vocabulary';

// A plain evaluator of one connection: what the search claims is checked by it, so it shares none of the search's
// algebra. It looks at labels, one address and one port, and asks every rule in turn.

/** How a plane decides one connection at one of its ends, and by what; by nothing where no layer decides. */
export interface Decision {
  readonly admitted: boolean;
  readonly rule?: Rule;
  /** What isolates the subject, where it is stopped because no rule applies. */
  readonly isolations: readonly Isolation[];
}

/** A plane as it decides: of `external-only`, one of the ways in which it may. */
export type DecidingPlane = Pick<Plane, 'layers'> & { readonly ipBlockMode: BlockMode };

/** `may`: whether it could be admitted, of what is not known for certain; `must`: whether it surely is. */
export function decide(plane: DecidingPlane, connection: Connection, bound: Bound): Decision {
  for (const layer of plane.layers) {
    const decision = decideIn(layer, connection, bound, plane.ipBlockMode);
    if (decision !== undefined) return decision;
  }
  return { admitted: true, isolations: [] };
}

/** What isolates the subject for this connection, in whatever layer. */
export function isolating({ layers }: DecidingPlane, connection: Connection): Isolation[] {
  return layers.flatMap(({ isolations, otherwise }) =>
    otherwise === 'deny' ? isolations.filter((each) => binds(each.subject, each.direction, connection)) : [],
  );
}

/** Whether nothing in the plane binds the subject for this connection: it would pass without any rule that allows it. */
export function passesByDefault(plane: DecidingPlane, connection: Connection): boolean {
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules.filter(({ action }) => action !== 'allow'),
  }));
  return decide({ ...plane, layers }, connection, 'may').admitted;
}

/** Whether the flow, seen from the end of the subject, has the connection: demands it (`must`), or accepts it (`may`). */
export function declares(flow: Flow, connection: Connection, mode: BlockMode, bound: Bound): boolean {
  const [own, other] = connection.direction === 'egress' ? [flow.from, flow.to] : [flow.to, flow.from];
  const { subject } = connection;
  return (
    isPods(own) &&
    matchesPod(own.pods, subject.namespace, subject.labels) &&
    (isPeer(other, connection) || (bound === 'may' && isAccepted(flow, other, connection, mode))) &&
    hasPorts(flow.traffic.ports, connection) &&
    isSent(flow.traffic.requests, connection)
  );
}

/** Whether the peer of the connection is at the endpoint. */
export function isPeer(end: Endpoint, connection: Connection): boolean {
  const { peer } = connection;
  switch (end.kind) {
    case 'addresses':
      return peer.kind === 'address' && ips.hasAddress(end.addresses, peer.address);
    case 'hosts':
      return isAtHost(end.patterns, connection);
    case 'entity':
      return peer.kind === 'entity' && peer.entity === end.entity;
    default:
      return peer.kind === 'pod' && matchesPod(end.pods, peer.namespace, peer.labels);
  }
}

function isAccepted(flow: Flow, other: Endpoint, connection: Connection, mode: BlockMode): boolean {
  return (acceptsPods(flow) && isPodAt(other, connection, mode)) || isEntityAt(other, connection, mode);
}

function isPodAt(end: Endpoint, { peer }: Connection, mode: BlockMode): boolean {
  return (
    (mode === 'pods' || mode === 'may') &&
    peer.kind === 'pod' &&
    end.kind === 'addresses' &&
    ips.hasAddress(end.addresses, peer.address)
  );
}

/** What the engine knows by itself is let through with its address. */
function isEntityAt(end: Endpoint, { peer }: Connection, mode: BlockMode): boolean {
  return (
    end.kind === 'addresses' &&
    peer.kind === 'entity' &&
    matchesEntity(peer.entity, mode, 'may') &&
    ips.hasAddress(end.addresses, peer.address)
  );
}

function decideIn(layer: Layer, connection: Connection, bound: Bound, mode: BlockMode): Decision | undefined {
  const { rules, otherwise } = layer;
  const order = layer.order === 'ranked' ? rules : [...rules].sort((a, b) => weight(a) - weight(b));
  let mayHavePassed = false;
  for (const rule of order) {
    const appliesBy = (of: Bound) => applies(rule, connection, of, mode);
    switch (rule.action) {
      case 'allow':
        // Where a pass before it may or may not apply, an allow is certain of nothing.
        if (!(mayHavePassed && bound === 'must') && appliesBy(bound)) return { admitted: true, rule, isolations: [] };
        break;
      case 'deny':
        if (appliesBy(opposite(bound)))
          return mayHavePassed && bound === 'may' ? undefined : { admitted: false, rule, isolations: [] };
        break;
      case 'pass':
        if (appliesBy('must')) return undefined;
        mayHavePassed ||= appliesBy('may');
    }
  }
  if (mayHavePassed && bound === 'may') return undefined;
  const isolations = layer.isolations.filter(
    (each) => isReckonedWith(each, opposite(bound)) && binds(each.subject, each.direction, connection),
  );
  return isolations.length > 0 && otherwise === 'deny' ? { admitted: false, isolations } : undefined;
}

function weight({ action }: Rule): number {
  return action === 'allow' ? 1 : 0;
}

function binds(subject: PodSet, direction: Direction, connection: Connection): boolean {
  return (
    direction === connection.direction && matchesPod(subject, connection.subject.namespace, connection.subject.labels)
  );
}

function applies(rule: Rule, connection: Connection, bound: Bound, mode: BlockMode): boolean {
  return (
    isReckonedWith(rule, bound) &&
    binds(rule.subject, rule.direction, connection) &&
    rule.peers.some((peer) => reaches(peer, rule.action, connection, bound, mode)) &&
    hasPorts(rule.ports, connection) &&
    isSent(rule.requests, connection)
  );
}

function reaches(
  peer: RulePeer,
  action: Rule['action'],
  connection: Connection,
  bound: Bound,
  mode: BlockMode,
): boolean {
  const { peer: other } = connection;
  switch (peer.kind) {
    case 'anything':
      return true;
    case 'pods':
      return other.kind === 'pod' && matchesPod(peer.pods, other.namespace, other.labels);
    case 'addresses':
      return isReachedByAddress(other, bound, mode) && ips.hasAddress(peer.addresses, other.address);
    case 'hosts':
      return (action === 'allow' || bound === 'may') && isAtHost(peer.patterns, connection);
    case 'entity':
      return other.kind === 'entity' && other.entity === peer.entity;
  }
}

function isReachedByAddress(peer: Connection['peer'], bound: Bound, mode: BlockMode): boolean {
  switch (peer.kind) {
    case 'address':
      return true;
    case 'pod':
      return mode === 'pods' || (mode === 'may' && bound === 'may');
    case 'entity':
      return matchesEntity(peer.entity, mode, bound);
  }
}

function isAtHost(patterns: readonly HostPattern[], { peer, hosts = [], assumed = [] }: Connection): boolean {
  return (
    peer.kind === 'address' &&
    patterns.some(
      (pattern) =>
        hosts.some((name) => matchesHost(pattern, name) === true) ||
        (pattern.kind === 'opaque' && assumed.includes(hostAssumption(pattern))),
    )
  );
}

/** Whether what is sent is one of the requests; everything is, where there is no word of requests. */
function isSent(requests: readonly RequestMatch[] | undefined, connection: Connection): boolean {
  return requests === undefined || requests.some((match) => isEveryQuery(match) || isOne(match, connection));
}

function isOne(match: RequestMatch, { sent, assumed = [] }: Connection): boolean {
  switch (match.protocol) {
    case 'http':
      return sent?.protocol === 'http' && matchesRequest(match, sent.request) === true;
    case 'kafka':
      return sent?.protocol === 'kafka' && sent.role === match.role && sent.topic === match.topic;
    case 'dns':
      return sent?.protocol === 'dns' && sent.patterns.includes(match.pattern);
    case 'opaque':
      return assumed.includes(requestAssumption(match));
  }
}

/** Whether the connection is on one of the ports. */
export function hasPorts(set: PortSet, { direction, peer, protocol, port, names }: Connection): boolean {
  if (protocol === 'other') return set.other;
  if (ports.hasNumber(set, protocol, port)) return true;
  const destinationIsPod = direction === 'ingress' || peer.kind === 'pod';
  return destinationIsPod && names.some((name) => ports.hasName(set, protocol, name));
}
