import type { Endpoint } from '../../model/endpoint';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import { type PodSet, podSetText, soleNamespace } from '../../model/pod-set';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { ZeroTrustError } from '../../model/problem';
import { remembered } from '../../model/remembered';
import * as selectors from '../../model/selector';
import type { Opening } from '../openings';

export interface NetworkPolicyRule {
  readonly from?: readonly NetworkPolicyPeer[];
  readonly to?: readonly NetworkPolicyPeer[];
  /** Absent for every port of every protocol. */
  readonly ports?: readonly NetworkPolicyPort[];
}

export interface NetworkPolicyPeer {
  readonly namespaceSelector?: object;
  readonly podSelector?: object;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
}

export interface NetworkPolicyPort {
  readonly protocol: Protocol;
  readonly port?: number | string;
  readonly endPort?: number;
}

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/**
 * The rules of one direction of a policy in `namespace`: openings to one peer become one, peers with the same ports share
 * a rule, and rules come in the order of their peers and ports, whatever the order of the openings.
 */
export function rules(
  direction: Direction,
  namespace: string,
  openings: readonly Opening[],
  portsAs: typeof portList = portList,
): NetworkPolicyRule[] {
  const side = direction === 'ingress' ? 'from' : 'to';
  const list: NetworkPolicyRule[] = [];
  for (const group of groupsByPorts(openings)) {
    const ends = peers(namespace, group.peers);
    list.push(ports.isEverything(group.ports) ? { [side]: ends } : { [side]: ends, ports: portsAs(group.ports) });
  }
  return list;
}

interface Group {
  readonly ports: PortSet;
  readonly peers: Endpoint[];
}

/** In the order of their first peers, since the openings are sorted by peer. */
function groupsByPorts(openings: readonly Opening[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const { peer, ports: set } of onePerPeer(openings)) {
    const key = ports.portsText(set);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { ports: set, peers: [peer] });
    else group.peers.push(peer);
  }
  return groups.values();
}

/** Openings to one peer as one, with the ports of all; sorted by peer. */
function onePerPeer(openings: readonly Opening[]): Opening[] {
  const byPeer = new Map<string, Opening>();
  for (const opening of openings) {
    const key = peerKey(opening.peer);
    const known = byPeer.get(key);
    byPeer.set(key, known === undefined ? opening : { ...known, ports: ports.union(known.ports, opening.ports) });
  }
  return [...byPeer.keys()].sort().map((key) => byPeer.get(key) as Opening);
}

/** Pods before addresses; tiers and the pods of others alike, since a rule does not say whose they are. */
const peerKey = remembered((peer: Endpoint): string => {
  if (peer.kind === 'addresses') return `2 ${ips.ipsText(peer.addresses)}`;
  return `1 ${podSetText(podsOf(peer))}`;
});

function podsOf(peer: Endpoint): PodSet {
  if ('pods' in peer) return peer.pods;
  throw new Error(`Internal error: an end of the kind ${peer.kind} was let through to a NetworkPolicy`);
}

function peers(namespace: string, ends: readonly Endpoint[]): NetworkPolicyPeer[] {
  const list: NetworkPolicyPeer[] = [];
  const addresses: IpSet[] = [];
  for (const end of ends) {
    if (end.kind === 'addresses') addresses.push(end.addresses);
    else list.push(podPeer(namespace, podsOf(end)));
  }
  if (addresses.length > 0) {
    for (const { cidr, except } of ips.blocks(ips.unionOf(addresses))) {
      list.push({ ipBlock: except.length === 0 ? { cidr } : { cidr, except } });
    }
  }
  return list;
}

/** Without a namespaceSelector, a podSelector means the policy's own namespace. */
function podPeer(namespace: string, set: PodSet): NetworkPolicyPeer {
  return soleNamespace(set.namespaces) === namespace ? peerInside(set.pods) : peerAnywhere(set);
}

// Peers and ports recur in many policies, so each is written once.

const peerInside = remembered(
  (pods: selectors.Selector): NetworkPolicyPeer => ({ podSelector: selectors.toLabelSelector(pods) }),
);

const peerAnywhere = remembered(
  ({ namespaces, pods }: PodSet): NetworkPolicyPeer => ({
    namespaceSelector: selectors.toLabelSelector(namespaces),
    podSelector: selectors.toLabelSelector(pods),
  }),
);

/** As `ports` of a rule say it. @throws ZeroTrustError where they cannot. */
export const portList = remembered((set: PortSet): readonly NetworkPolicyPort[] => portsOf(set, asRange));

/** The same without `endPort`: each port of a range by itself. */
export const portListWrittenOut = remembered((set: PortSet): readonly NetworkPolicyPort[] => portsOf(set, onePerPort));

type Range = readonly [number, number];
type RangeWriter = (protocol: Protocol, range: Range) => readonly NetworkPolicyPort[];

function portsOf(set: PortSet, written: RangeWriter): readonly NetworkPolicyPort[] {
  if (set.other || ports.isEmpty(set)) {
    throw new ZeroTrustError({
      rule: 'ports-unsayable',
      what: `a NetworkPolicy cannot say the ports ${ports.portsText(set)}`,
      value: ports.portsText(set),
      allowed: 'ports of TCP, UDP and SCTP, or every protocol at once',
    });
  }
  return PROTOCOLS.flatMap((protocol) => {
    const { ranges, names } = set[protocol];
    return [
      ...ranges.flatMap(([first, last]) =>
        first === 1 && last === 65535 ? [{ protocol }] : written(protocol, [first, last]),
      ),
      ...names.map((name) => ({ protocol, port: name })),
    ];
  });
}

function asRange(protocol: Protocol, [first, last]: Range): NetworkPolicyPort[] {
  return first === last ? [{ protocol, port: first }] : [{ protocol, port: first, endPort: last }];
}

function onePerPort(protocol: Protocol, [first, last]: Range): NetworkPolicyPort[] {
  return Array.from({ length: last - first + 1 }, (_, i) => ({ protocol, port: first + i }));
}
