import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction, Entity, IpBlockMode, Rule, RulePeer } from '../../model/layer';
import { matchesPod } from '../../model/pod-set';
import type { Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Labels } from '../../model/selector';
import type { Workload } from '../../model/world';
import { addressesOf } from '../connectivity/admissions';

/** One end of a connection, with all that a rule can ask about it. */
export type ConnectionEnd = PodEnd | AddressEnd;

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

/** One connection, to one port of its destination. */
export interface Connection {
  readonly from: ConnectionEnd;
  readonly to: ConnectionEnd;
  readonly protocol: Protocol;
  readonly port: number;
}

/** Whether a rule matches: `perhaps` where that depends on what is not known. */
export type Match = 'surely' | 'perhaps' | 'no';

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
  if (!hasPort(rule, connection)) return 'no';
  const peer = peerOf(connection, rule.direction);
  const addresses = addressesOf(rule.peers);
  const peers: RulePeer[] = addresses === undefined ? [] : [{ kind: 'addresses', addresses }];
  const matches = [...rule.peers, ...peers].map((candidate) => matchOfPeer(candidate, peer, facts));
  return matches.includes('surely') ? 'surely' : matches.includes('perhaps') ? 'perhaps' : 'no';
}

export function matchOfPeer(peer: RulePeer, end: ConnectionEnd, facts: AddressFacts): Match {
  if (peer.kind === 'anything') return 'surely';
  if (peer.kind === 'pods') return end.kind === 'pod' && isSelected(peer.pods, end) ? 'surely' : 'no';
  if (peer.kind === 'entity') return end.kind === 'pod' ? matchOfEntity(peer.entity, end.workload) : 'no';
  // Names lead to addresses that only the answers to queries tell.
  if (peer.kind === 'hosts') return end.kind === 'address' ? 'perhaps' : 'no';
  if (end.kind === 'address') return ips.hasAddress(peer.addresses, end.address) ? 'surely' : 'no';
  return matchByAddress(peer.addresses, end.workload, facts);
}

/** A pod on the host network is its node to policy, and the API server may run on that node. */
function matchOfEntity(entity: Entity, { hostNetwork }: Workload): Match {
  if (!hostNetwork) return 'no';
  return entity === 'nodes' ? 'surely' : 'perhaps';
}

/** Whether the selectors of the set have the pod; those on the host network are in none. */
export function isSelected(set: Parameters<typeof matchesPod>[0], { workload, namespaceLabels }: PodEnd): boolean {
  return !workload.hostNetwork && matchesPod(set, namespaceLabels, workload.labels);
}

/** Whether the ports of the rule have the port, names taken as the destination has them; addresses and nodes have none. */
export function hasPort({ ports: allowed }: Pick<Rule, 'ports'>, { to, protocol, port }: Connection): boolean {
  const declared = to.kind === 'pod' && !to.workload.hostNetwork ? to.workload.ports : [];
  return ports.hasNumber(ports.resolve(allowed, declared), protocol, port);
}

function matchByAddress(set: IpSet, { addresses }: Workload, { mode, podAddresses }: AddressFacts): Match {
  if (mode === 'external-only') return 'no';
  const within = addresses.map((address) => ips.hasAddress(set, address));
  const isPossible = addresses.length === 0 ? ips.intersects(set, podAddresses) : within.includes(true);
  const isCertain = addresses.length === 0 ? ips.contains(set, podAddresses) : !within.includes(false);
  if (!isPossible) return 'no';
  return isCertain && mode === 'pods' ? 'surely' : 'perhaps';
}
