import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import type { HostPattern } from '../../model/host-pattern';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { keyConstraint } from '../../model/key-constraint';
import type { Direction, Entity, Rule, RulePeer } from '../../model/layer';
import * as ports from '../../model/port-set';
import { type PortSet, PROTOCOLS, type Protocol } from '../../model/port-set';
import { remembered } from '../../model/remembered';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { fromConstraints } from '../../model/selector-algebra';
import { acceptsPods, type Bound, entityByAddress, type Facts, isReckonedWith, podsByAddress } from '../terms/facts';
import { type Box, isEmpty } from './box';
import type { Ground } from './search';
import { hostDetails, requestDetails } from './vocabulary';

/** Peers and traffic alone: a box over every subject. */
type Half = Omit<Box, 'subject'>;

/** The connections that a rule matches with one of its peers. */
export function boxesOfRule(rule: Rule, peer: RulePeer, direction: Direction, ground: Ground, bound: Bound): Box[] {
  if (!isReckonedWith(rule, bound)) return [];
  const details = requestDetails(rule.requests, ground.words);
  return boxes(rule.subject.pods, peersOfRule(peer, rule.action, ground, bound), rule.ports, details, direction);
}

/** The connections that a flow declares at the end where `subject` is. What must be admitted, or what may be. */
export function boxesOfFlow(subject: Selector, flow: Flow, direction: Direction, ground: Ground, bound: Bound): Box[] {
  const peer = direction === 'ingress' ? flow.from : flow.to;
  const { ports: portSet, requests } = flow.traffic;
  const peers = peersOf(peer, ground);
  if (bound === 'may') peers.push(...entitiesAt(peer, ground), ...(acceptsPods(flow) ? podsAt(peer, ground) : []));
  return boxes(subject, peers, portSet, requestDetails(requests, ground.words), direction);
}

/** All connections from or to an endpoint, whatever is sent. */
export function boxesOfEndpoint(
  subject: Selector,
  peer: Endpoint,
  direction: Direction,
  ground: Ground,
  portSet: PortSet = ports.everything,
): Box[] {
  return boxes(subject, peersOf(peer, ground), portSet, ALL, direction);
}

/** All connections of these pods. */
export function everyConnection(subject: Selector, { facts }: Ground): Box[] {
  return boxes(subject, everyPeer(facts), ports.everything, ALL, 'ingress');
}

const ALL: readonly Selector[] = [selectors.anything];

/** The name of a port, as a key of `Box.names`. */
function portNameKey(protocol: Protocol, name: string): string {
  return `${protocol}/${name}`;
}

function boxes(
  subject: Selector,
  peers: readonly Peer[],
  portSet: PortSet,
  requests: readonly Selector[],
  direction: Direction,
): Box[] {
  return peers
    .flatMap((peer) =>
      trafficTo(portSet, direction === 'ingress' || peer.peer === 'pod').flatMap((traffic) =>
        requests.map((request) => ({
          subject,
          ...peer,
          ...traffic,
          details: selectors.both(peer.details, request),
        })),
      ),
    )
    .filter((box) => !isEmpty(box));
}

type Peer = Omit<Half, 'ports' | 'names'>;
type Ports = Pick<Box, 'ports' | 'names'>;

/** A named port at an address matches nothing: only pods give names to their ports. */
function trafficTo(portSet: PortSet, destinationIsPod: boolean): Ports[] {
  const byNumber: Ports = { ports: numbersOf(portSet), names: selectors.anything };
  if (!destinationIsPod || !ports.hasNames(portSet)) return [byNumber];
  return [byNumber, ...PROTOCOLS.flatMap((protocol) => portSet[protocol].names.map((name) => called(protocol, name)))];
}

/** One object for each set, so that the same ports are the same object in all boxes. */
const numbersOf = remembered(
  (portSet: PortSet): PortSet =>
    ports.hasNames(portSet)
      ? {
          TCP: { ranges: portSet.TCP.ranges, names: [] },
          UDP: { ranges: portSet.UDP.ranges, names: [] },
          SCTP: { ranges: portSet.SCTP.ranges, names: [] },
          other: portSet.other,
        }
      : portSet,
);

function called(protocol: Protocol, name: string): Ports {
  return {
    ports: ports.allOf(protocol),
    names: fromConstraints([keyConstraint(portNameKey(protocol, name), [], { excluded: true, mayBeAbsent: false })]),
  };
}

function peersOfRule(peer: RulePeer, action: Rule['action'], ground: Ground, bound: Bound): Peer[] {
  const { facts } = ground;
  switch (peer.kind) {
    case 'pods':
      return podPeers(peer.pods.namespaces, peer.pods.pods, facts);
    case 'addresses':
      return [
        addressPeer(peer.addresses),
        ...podsWithAddress(podsByAddress(peer.addresses, facts, bound)),
        ...facts.entities.map((entity) => entityPeer(entity, entityByAddress(entity, peer.addresses, facts, bound))),
      ];
    case 'anything':
      return everyPeer(facts);
    case 'hosts':
      // What was looked up before may have been forgotten, so that a name is denied is never certain.
      return action !== 'allow' && bound === 'must' ? [] : hostPeers(peer.patterns, ground);
    case 'entity':
      return [entityPeer(peer.entity, facts.entityAddresses[peer.entity])];
  }
}

function peersOf(end: Endpoint, ground: Ground): Peer[] {
  switch (end.kind) {
    case 'tier':
    case 'pods':
      return podPeers(end.pods.namespaces, end.pods.pods, ground.facts);
    case 'addresses':
      return [addressPeer(end.addresses)];
    case 'hosts':
      return hostPeers(end.patterns, ground);
    case 'entity':
      return [entityPeer(end.entity, ground.facts.entityAddresses[end.entity])];
  }
}

/** The pods that an endpoint of addresses stands for where its flow accepts them. */
function podsAt(end: Endpoint, { facts }: Ground): Peer[] {
  return end.kind === 'addresses' ? podsWithAddress(podsByAddress(end.addresses, facts, 'may')) : [];
}

/** What the engine knows by itself has addresses too, and a flow to them is not kept from it. */
function entitiesAt(end: Endpoint, { facts }: Ground): Peer[] {
  if (end.kind !== 'addresses') return [];
  return facts.entities.map((entity) => entityPeer(entity, entityByAddress(entity, end.addresses, facts, 'may')));
}

function everyPeer(facts: Facts): Peer[] {
  return [
    ...podPeers(selectors.anything, selectors.anything, facts),
    addressPeer(ips.all),
    ...facts.entities.map((entity) => entityPeer(entity, facts.entityAddresses[entity])),
  ];
}

function podPeers(namespace: Selector, pod: Selector, facts: Facts): Peer[] {
  return [{ ...ANYWHERE, peer: 'pod', namespace, pod, addresses: facts.podAddresses }];
}

function podsWithAddress(addresses: IpSet): Peer[] {
  return [{ ...ANYWHERE, peer: 'pod', addresses }];
}

function addressPeer(addresses: IpSet): Peer {
  return { ...ANYWHERE, peer: 'address', addresses };
}

function hostPeers(patterns: readonly HostPattern[], { facts, words }: Ground): Peer[] {
  return hostDetails(patterns, words).map((details) => ({
    ...ANYWHERE,
    peer: 'address',
    addresses: facts.hostAddresses,
    details,
  }));
}

function entityPeer(entity: Entity, addresses: IpSet): Peer {
  return { ...ANYWHERE, peer: entity, addresses };
}

const ANYWHERE = { namespace: selectors.anything, pod: selectors.anything, details: selectors.anything };
