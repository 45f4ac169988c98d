import { type Endpoint, isPods } from '../model/endpoint';
import type { Flow } from '../model/flow';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { keyConstraint } from '../model/key-constraint';
import type { Direction, RulePeer } from '../model/layer';
import * as ports from '../model/port-set';
import { type PortSet, PROTOCOLS, type Protocol } from '../model/port-set';
import type { Selector } from '../model/selector';
import * as selectors from '../model/selector';
import { fromConstraints } from '../model/selector-algebra';
import { type Box, isEmpty } from './box';
import { acceptsPods, type Bound, type Facts, podsByAddress } from './facts';

/** Peers and traffic alone: a box over every subject. */
type Half = Omit<Box, 'subject'>;

/** The connections that a rule about `subject` with this peer and these ports matches. */
export function boxesOfRule(
  subject: Selector,
  peer: RulePeer,
  portSet: PortSet,
  direction: Direction,
  facts: Facts,
  bound: Bound,
): Box[] {
  return boxes(subject, peersOfRule(peer, facts, bound), portSet, direction);
}

/** The connections that a flow declares at the end where `subject` is. What must be admitted, or what may be. */
export function boxesOfFlow(subject: Selector, flow: Flow, direction: Direction, facts: Facts, bound: Bound): Box[] {
  const peer = direction === 'ingress' ? flow.from : flow.to;
  const peers =
    bound === 'may' && acceptsPods(flow) ? [...peersOf(peer, facts), ...podsAt(peer, facts)] : peersOf(peer, facts);
  return boxes(subject, peers, flow.traffic.ports, direction);
}

/** All connections from or to an endpoint, on every protocol and port. */
export function boxesOfEndpoint(subject: Selector, peer: Endpoint, direction: Direction, facts: Facts): Box[] {
  return boxes(subject, peersOf(peer, facts), ports.everything, direction);
}

/** All connections of these pods. */
export function everyConnection(subject: Selector, facts: Facts): Box[] {
  return boxes(
    subject,
    [...podPeers(selectors.anything, selectors.anything, facts), addressPeer(ips.all)],
    ports.everything,
    'ingress',
  );
}

/** The name of a port, as a key of `Box.names`. */
export function portNameKey(protocol: Protocol, name: string): string {
  return `${protocol}/${name}`;
}

function boxes(subject: Selector, peers: readonly Peer[], portSet: PortSet, direction: Direction): Box[] {
  return peers
    .flatMap((peer) =>
      trafficTo(portSet, direction === 'ingress' || peer.peer === 'pod').map((traffic) => ({
        subject,
        ...peer,
        ...traffic,
      })),
    )
    .filter((box) => !isEmpty(box));
}

type Peer = Omit<Half, 'ports' | 'names'>;
type Ports = Pick<Box, 'ports' | 'names'>;

/** A named port at an address matches nothing: only pods give names to their ports. */
function trafficTo(portSet: PortSet, destinationIsPod: boolean): Ports[] {
  const numbers: PortSet = {
    TCP: { ranges: portSet.TCP.ranges, names: [] },
    UDP: { ranges: portSet.UDP.ranges, names: [] },
    SCTP: { ranges: portSet.SCTP.ranges, names: [] },
    other: portSet.other,
  };
  const byNumber: Ports = { ports: numbers, names: selectors.anything };
  if (!destinationIsPod || !ports.hasNames(portSet)) return [byNumber];
  return [byNumber, ...PROTOCOLS.flatMap((protocol) => portSet[protocol].names.map((name) => called(protocol, name)))];
}

function called(protocol: Protocol, name: string): Ports {
  return {
    ports: ports.allOf(protocol),
    names: fromConstraints([keyConstraint(portNameKey(protocol, name), [], { excluded: true, mayBeAbsent: false })]),
  };
}

function peersOfRule(peer: RulePeer, facts: Facts, bound: Bound): Peer[] {
  switch (peer.kind) {
    case 'pods':
      return podPeers(peer.pods.namespaces, peer.pods.pods, facts);
    case 'addresses':
      return [addressPeer(peer.addresses), ...podsWithAddress(podsByAddress(peer.addresses, facts, bound))];
    case 'anything':
      return [...podPeers(selectors.anything, selectors.anything, facts), addressPeer(ips.all)];
    case 'hosts':
    case 'entity':
      return [];
  }
}

function peersOf(end: Endpoint, facts: Facts): Peer[] {
  if (end.kind === 'addresses') return [addressPeer(end.addresses)];
  return isPods(end) ? podPeers(end.pods.namespaces, end.pods.pods, facts) : [];
}

/** The pods that an endpoint of addresses stands for where its flow accepts them. */
function podsAt(end: Endpoint, facts: Facts): Peer[] {
  return end.kind === 'addresses' ? podsWithAddress(podsByAddress(end.addresses, facts, 'may')) : [];
}

function podPeers(namespace: Selector, pod: Selector, facts: Facts): Peer[] {
  return [{ peer: 'pod', namespace, pod, addresses: facts.podAddresses }];
}

function podsWithAddress(addresses: IpSet): Peer[] {
  return [{ peer: 'pod', namespace: selectors.anything, pod: selectors.anything, addresses }];
}

function addressPeer(addresses: IpSet): Peer {
  return { peer: 'address', namespace: selectors.anything, pod: selectors.anything, addresses };
}
