import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Entity, IpBlockMode, Rule, RulePeer } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Labels } from '../../model/selector';
import * as selectors from '../../model/selector';
import type { Sent } from '../../model/sent';
import type { Workload } from '../../model/world';
import { bothMatch, entitiesByAddress, type Host, type Match, matchOfHost, matchOfLabels } from '../connectivity/match';
import { addressesOf } from '../connectivity/matches';
import { matchOfSent } from '../connectivity/plane-at';

/** One end of a connection, with all that a rule can ask about it. */
export type ConnectionEnd = PodEnd | AddressEnd | HostEnd | EntityEnd;

export interface PodEnd {
  readonly kind: 'pod';
  readonly workload: Workload;
  readonly namespaceLabels: Labels;
}

/** An address outside, on which no policy stands. */
export interface AddressEnd {
  readonly kind: 'address';
  readonly address: string;
}

/** A host outside, by its name. */
export interface HostEnd {
  readonly kind: 'host';
  readonly host: Host;
}

/** Nodes, or the API server, on which no policy that is read here stands. */
export interface EntityEnd {
  readonly kind: 'entity';
  readonly entity: Entity;
}

/** One connection, to one port of its destination. */
export interface Connection {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  readonly protocol: Protocol;
  readonly port: number;
  /** Absent where nothing is known of it. */
  readonly sent?: Sent;
}

/** What decides whether address blocks match pods. */
export interface AddressFacts {
  readonly mode: IpBlockMode;
  /** Every address that a pod can have. */
  readonly podAddresses: IpSet;
}

/** The end that policy of this direction stands on. */
export function subjectOf({ from, to }: Connection, direction: Direction): ConnectionEnd {
  return direction === 'egress' ? from : to;
}

export function peerOf({ from, to }: Connection, direction: Direction): ConnectionEnd {
  return direction === 'egress' ? to : from;
}

export function matchOfRule(rule: Rule, connection: Connection, facts: AddressFacts): Match {
  const ofPorts = matchOfPorts(rule, connection);
  const peer = peerOf(connection, rule.direction);
  const addresses = addressesOf(rule.peers);
  const peers: RulePeer[] = addresses === undefined ? [] : [{ kind: 'addresses', addresses }];
  const matches = [...rule.peers, ...peers].map((candidate) => matchOfPeer(candidate, peer, facts, rule.action));
  const ofPeers = matches.includes('surely') ? 'surely' : matches.includes('perhaps') ? 'perhaps' : 'no';
  const ofRule = bothMatch(rule.isUncertain ? 'perhaps' : 'surely', matchOfSent(rule, connection.sent));
  return bothMatch(bothMatch(ofPeers, ofPorts), ofRule);
}

export function matchOfPeer(
  peer: RulePeer,
  end: ConnectionEnd,
  facts: AddressFacts,
  action: Rule['action'] = 'allow',
): Match {
  if (end.kind === 'host') return matchOfHost(peer, action, end.host);
  switch (peer.kind) {
    case 'anything':
      return 'surely';
    case 'pods':
      return end.kind === 'pod' ? matchOfSelection(peer.pods, end) : 'no';
    case 'entity':
      return matchOfEntity(peer.entity, end);
    case 'hosts':
      // To which addresses names lead, only the answers to queries tell.
      return end.kind === 'address' ? 'perhaps' : 'no';
    case 'addresses':
      if (end.kind === 'address') return ips.hasAddress(peer.addresses, end.address) ? 'surely' : 'no';
      if (end.kind === 'entity') return entitiesByAddress(peer.addresses, facts.mode)[end.entity];
      return matchByAddress(peer.addresses, end.workload, facts);
  }
}

/** A pod on the host network is its node to policy, and the API server may run on nodes; the proxies of a gateway are neither. */
function matchOfEntity(entity: Entity, end: ConnectionEnd): Match {
  if (end.kind === 'entity') {
    if (end.entity === entity) return 'surely';
    return [entity, end.entity].includes('ingress') ? 'no' : 'perhaps';
  }
  if (end.kind !== 'pod' || !end.workload.hostNetwork || entity === 'ingress') return 'no';
  return entity === 'nodes' ? 'surely' : 'perhaps';
}

/** Whether the selectors of the set have the pod; those on the host network are in none. */
export function matchOfSelection({ namespaces, pods }: PodSet, { workload, namespaceLabels }: PodEnd): Match {
  if (workload.hostNetwork || !selectors.matches(namespaces, namespaceLabels)) return 'no';
  return matchOfLabels(pods, workload);
}

/** Whether the ports of the rule have the port, names taken as the destination has them; addresses and nodes have none. */
export function matchOfPorts({ ports: allowed }: Pick<Rule, 'ports'>, { to, protocol, port }: Connection): Match {
  const named = to.kind === 'pod' && !to.workload.hostNetwork ? to.workload : undefined;
  if (ports.hasNumber(ports.resolve(allowed, named?.ports ?? []), protocol, port)) return 'surely';
  return named?.mayHaveMorePorts && ports.namesOf(allowed, protocol).length > 0 ? 'perhaps' : 'no';
}

/** Whether an end is a pod on the host network, which is its node to policy. */
export function isOnHostNetwork(end: ConnectionEnd): boolean {
  return end.kind === 'pod' && end.workload.hostNetwork;
}

function matchByAddress(set: IpSet, { addresses }: Workload, { mode, podAddresses }: AddressFacts): Match {
  if (mode === 'external-only') return 'no';
  const within = addresses.map((address) => ips.hasAddress(set, address));
  const isPossible = addresses.length === 0 ? ips.intersects(set, podAddresses) : within.includes(true);
  const isCertain = addresses.length === 0 ? ips.contains(set, podAddresses) : !within.includes(false);
  if (!isPossible) return 'no';
  return isCertain && mode === 'pods' ? 'surely' : 'perhaps';
}
