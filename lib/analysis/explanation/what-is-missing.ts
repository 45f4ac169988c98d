import { hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { allows, type KeyConstraint } from '../../model/key-constraint';
import type { Rule, RulePeer } from '../../model/layer';
import { portsText } from '../../model/port-set';
import { requestText } from '../../model/request-match';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { sentText } from '../../model/sent';
import { type LabelsKnown, unknownKeys } from '../connectivity/match';
import { matchOfSent } from '../connectivity/plane-at';
import {
  type AddressFacts,
  type Connection,
  type ConnectionEnd,
  matchOfPeer,
  matchOfPorts,
  peerOf,
} from './connection';

/** One thing that a rule would need to allow a connection. */
export type Lack = LabelLack | PortLack | RequestLack | AddressLack | HostLack | PeerLack | RuleLack | Denial;

/** The rule asks for another label of the peer, or of its namespace. */
export interface LabelLack {
  readonly kind: 'pod-label' | 'namespace-label';
  readonly key: string;
  /** What the rule asks for, like kubectl writes it: `app=gateway`, `!debug`. */
  readonly wants: string;
  /** The value that the peer has; absent where it has no such label. */
  readonly has?: string;
}

export interface PortLack {
  readonly kind: 'port';
  /** The ports of the rule. */
  readonly wants: string;
  readonly has: string;
}

/** The rule is about other requests. */
export interface RequestLack {
  readonly kind: 'request';
  readonly wants: string;
  readonly has: string;
}

/** The rule is about other names of hosts. */
export interface HostLack {
  readonly kind: 'host';
  readonly wants: string;
  readonly has: string;
}

/** The blocks of the rule do not hold the address. */
export interface AddressLack {
  readonly kind: 'address';
  readonly wants: string;
  readonly has: string;
}

/** The rule has no peer of the kind: selectors find no address, blocks perhaps no pod. */
export interface PeerLack {
  readonly kind: 'peer';
  readonly has: string;
}

/** The policies that isolate the end have no rule for the direction at all. */
export interface RuleLack {
  readonly kind: 'rule';
}

/** The rule is there to deny, and would have to go. */
export interface Denial {
  readonly kind: 'deny';
}

/** What one peer of a rule and its ports lack: nothing when the rule matches. */
export interface LacksOfRule {
  /** Position in the rule's peers; absent where a new peer is needed. */
  readonly peer?: number;
  readonly lacks: readonly Lack[];
}

/** The fewest that the rule lacks for the connection, over all its peers; the first of equals. */
export function lacksOfRule(rule: Rule, connection: Connection, facts: AddressFacts): LacksOfRule {
  const end = peerOf(connection, rule.direction);
  const portLacks: Lack[] = matchOfPorts(rule, connection) !== 'no' ? [] : [portLack(rule, connection)];
  const requestLacks = matchOfSent(rule, connection.sent) !== 'no' ? [] : [requestLack(rule, connection)];
  const candidates = rule.peers.map((candidate, peer) => ({ peer, lacks: lacksOfPeer(candidate, end, facts) }));
  const possible = candidates.flatMap(({ peer, lacks }) => (lacks === undefined ? [] : [{ peer, lacks }]));
  const best = fewest(possible) ?? { lacks: [{ kind: 'peer', has: endText(end) } as const] };
  return { ...best, lacks: [...best.lacks, ...portLacks, ...requestLacks] };
}

/** The one with the fewest lacks; the first of equals. */
export function fewest<T extends { readonly lacks: readonly Lack[] }>(all: readonly T[]): T | undefined {
  return all.reduce<T | undefined>(
    (best, next) => (best === undefined || next.lacks.length < best.lacks.length ? next : best),
    undefined,
  );
}

export function endText(end: ConnectionEnd): string {
  switch (end.kind) {
    case 'pod':
      return end.workload.id;
    case 'address':
      return end.address;
    case 'host':
      return end.host.name;
    case 'entity':
      return end.entity;
  }
}

/** Undefined where the peer is of another kind than the end, so that no change of it would do. */
function lacksOfPeer(peer: RulePeer, end: ConnectionEnd, facts: AddressFacts): Lack[] | undefined {
  if (matchOfPeer(peer, end, facts) !== 'no') return [];
  if (peer.kind === 'hosts' && end.kind === 'host') {
    return [{ kind: 'host', wants: peer.patterns.map(hostText).join(', '), has: end.host.name }];
  }
  if (peer.kind === 'addresses' && end.kind === 'address') {
    return [{ kind: 'address', wants: ips.ipsText(peer.addresses), has: end.address }];
  }
  if (peer.kind !== 'pods' || end.kind !== 'pod') return undefined;
  const { namespaces, pods } = peer.pods;
  if (namespaces.impossible || pods.impossible) return undefined;
  return [
    ...labelLacks('namespace-label', namespaces, { labels: end.namespaceLabels }),
    ...labelLacks('pod-label', pods, end.workload),
  ];
}

function labelLacks(kind: LabelLack['kind'], selector: Selector, known: LabelsKnown): Lack[] {
  const unknown = kind === 'namespace-label' ? [] : unknownKeys(selector, known);
  const { labels } = known;
  return selector.constraints
    .filter((constraint) => !unknown.includes(constraint.key) && !allows(constraint, labels[constraint.key]))
    .map((constraint) => ({
      kind,
      key: constraint.key,
      wants: constraintText(constraint),
      has: labels[constraint.key],
    }));
}

function constraintText(constraint: KeyConstraint): string {
  return selectors.selectorText({ constraints: [constraint] });
}

function requestLack({ requests = [] }: Rule, { sent }: Connection): Lack {
  return {
    kind: 'request',
    wants: requests.map(requestText).join(', '),
    has: sent === undefined ? 'any' : sentText(sent),
  };
}

function portLack(rule: Rule, { protocol, port }: Connection): Lack {
  return { kind: 'port', wants: portsText(rule.ports), has: `${protocol}/${port}` };
}
