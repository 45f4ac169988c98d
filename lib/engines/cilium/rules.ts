import type { Endpoint } from '../../model/endpoint';
import { type HostPattern, hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import { podSetText } from '../../model/pod-set';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { remembered } from '../../model/remembered';
import { canonicalRequests, type RequestMatch, requestText } from '../../model/request-match';
import { inGroups } from '../calico/in-groups';
import type { Opening } from '../openings';
import { podsSeenFrom } from './endpoint-selector';
import { CILIUM_ENTITIES } from './entities';
import { type L7Rules, l7Rules } from './requests';

/** Peers of one kind, under the name of that kind (`fromEndpoints`, `toCIDRSet`), and what they may send. */
export interface CiliumRule {
  readonly [peers: string]: unknown;
  /** Absent for every port of every protocol. */
  readonly toPorts?: readonly PortRule[];
}

export interface PortRule {
  readonly ports: readonly PortProtocol[];
  readonly rules?: L7Rules;
}

interface PortProtocol {
  /** A number or a name; `0` for every port. */
  readonly port: string;
  readonly endPort?: number;
  readonly protocol: Protocol;
}

/** The kinds of peers, in the order of rules. A rule has one of them ("combining … is not supported yet"). */
const KINDS = ['Endpoints', 'CIDRSet', 'Entities', 'FQDNs'] as const;
type Kind = (typeof KINDS)[number];

/**
 * The rules of one direction of a policy: openings to one peer become one, peers of one kind with the same traffic share a
 * rule, and rules come in the order of their peers and traffic, whatever the order of the openings.
 *
 * @param namespace of the policy; absent for cluster-wide ones
 */
export function rules(
  direction: Direction,
  namespace: string | undefined,
  openings: readonly Opening[],
): readonly CiliumRule[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  return Array.from(groups(openings), ({ kind, peers, ports: set, requests }) => ({
    [`${side}${kind}`]: PEERS[kind](peers, namespace),
    ...(ports.isEverything(set) ? {} : { toPorts: toPorts(set, requests) }),
  }));
}

interface Group {
  readonly kind: Kind;
  readonly ports: PortSet;
  readonly requests?: readonly RequestMatch[];
  readonly peers: Endpoint[];
}

/** In the order of their first peers, since the openings are sorted by peer. */
function groups(openings: readonly Opening[]): Iterable<Group> {
  const byKey = new Map<string, Group>();
  for (const { peer, ...traffic } of merged(openings)) {
    const kind = kindOf(peer);
    const key = `${kind} ${ports.portsText(traffic.ports)} ${traffic.requests?.map(requestText).join(' | ')}`;
    const group = byKey.get(key);
    if (group === undefined) byKey.set(key, { kind, peers: [peer], ...traffic });
    else group.peers.push(peer);
  }
  return byKey.values();
}

/** Openings to one peer as one, and those for requests on the same ports. */
function merged(openings: readonly Opening[]): Opening[] {
  const byKey = new Map<string, Opening>();
  for (const { peer, ports: set, requests } of openings) {
    const key = `${peerKey(peer)} ${requests === undefined ? '' : ports.portsText(set)}`;
    const known = byKey.get(key);
    byKey.set(key, {
      peer,
      ports: known === undefined ? set : ports.union(known.ports, set),
      ...(requests !== undefined && { requests: canonicalRequests([...(known?.requests ?? []), ...requests]) }),
    });
  }
  return [...byKey.keys()].sort().map((key) => byKey.get(key) as Opening);
}

/** By kind; tiers and the pods of others alike, since a rule does not say whose they are. */
const peerKey = remembered((peer: Endpoint): string => `${KINDS.indexOf(kindOf(peer))} ${peerText(peer)}`);

function peerText(peer: Endpoint): string {
  switch (peer.kind) {
    case 'addresses':
      return ips.ipsText(peer.addresses);
    case 'entity':
      return peer.entity;
    case 'hosts':
      return peer.patterns.map(hostText).join(',');
    default:
      return podSetText(peer.pods);
  }
}

function kindOf(peer: Endpoint): Kind {
  switch (peer.kind) {
    case 'addresses':
      return 'CIDRSet';
    case 'entity':
      return 'Entities';
    case 'hosts':
      return 'FQDNs';
    default:
      return 'Endpoints';
  }
}

const PEERS: Readonly<Record<Kind, (peers: readonly Endpoint[], namespace: string | undefined) => unknown[]>> = {
  Endpoints: (peers, namespace) => peers.flatMap((it) => ('pods' in it ? [podsSeenFrom(namespace, it.pods)] : [])),
  CIDRSet: (peers) => {
    const addresses = ips.unionOf(peers.flatMap((it) => (it.kind === 'addresses' ? [it.addresses] : [])));
    return ips.blocks(addresses).map(({ cidr, except }) => (except.length === 0 ? { cidr } : { cidr, except }));
  },
  Entities: (peers) => peers.flatMap((it) => (it.kind === 'entity' ? CILIUM_ENTITIES[it.entity] : [])),
  FQDNs: (peers) => unique(peers.flatMap((it) => (it.kind === 'hosts' ? it.patterns : []))).map(fqdn),
};

function unique(patterns: readonly HostPattern[]): HostPattern[] {
  const byText = new Map(patterns.map((pattern) => [hostText(pattern), pattern]));
  return [...byText.keys()].sort().map((text) => byText.get(text) as HostPattern);
}

/** One label is `*.`, any depth is `**.`, every name is `*`, as the model writes them too (pkg/fqdn/matchpattern). */
function fqdn(pattern: HostPattern): object {
  return pattern.kind === 'exact' ? { matchName: pattern.name } : { matchPattern: hostText(pattern) };
}

/** The most ports of one entry (pkg/policy/api/rule_validation.go, `maxPorts`). */
const MOST_PORTS = 40;

function toPorts(set: PortSet, requests: readonly RequestMatch[] | undefined): readonly PortRule[] {
  if (requests === undefined) return plainPorts(set);
  const limited = l7Rules(requests);
  return inGroups(singlePorts(set), MOST_PORTS).map((group) => ({ ports: group, rules: limited }));
}

/** Ports beside each other one by one: not every release takes a range beside rules about requests. */
function singlePorts(set: PortSet): PortProtocol[] {
  return ports.PROTOCOLS.flatMap((protocol) =>
    set[protocol].ranges.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, i) => ({ port: `${first + i}`, protocol })),
    ),
  );
}

// Ports recur in many policies, so each set is written once.
const plainPorts = remembered((set: PortSet): readonly PortRule[] => {
  const list = ports.PROTOCOLS.flatMap((protocol) => ofProtocol(protocol, set));
  return inGroups(list, MOST_PORTS).map((group) => ({ ports: group }));
});

function ofProtocol(protocol: Protocol, set: PortSet): PortProtocol[] {
  const { ranges, names } = set[protocol];
  return [
    ...ranges.map(([first, last]) => {
      if (first === 1 && last === 65535) return { port: '0', protocol };
      return first === last ? { port: `${first}`, protocol } : { port: `${first}`, endPort: last, protocol };
    }),
    ...names.map((port) => ({ port, protocol })),
  ];
}
