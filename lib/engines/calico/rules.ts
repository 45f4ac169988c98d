import type { Endpoint } from '../../model/endpoint';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import { type PodSet, podSetText, soleNamespace } from '../../model/pod-set';
import type { PortSet, Protocol } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { remembered } from '../../model/remembered';
import { canonicalRequests } from '../../model/request-match';
import type { Opening } from '../openings';
import { namespaceExpression, onlyPodExpression } from './expression';
import { type HttpRule, httpRules } from './http';
import { inGroups } from './in-groups';

/** The most entries of one rule (api/pkg/apis/projectcalico/v3, `MaxItems`). */
const MOST_NETS = 256;
const MOST_PORTS = 50;

export interface CalicoRule {
  readonly action: 'Allow' | 'Deny';
  /** Absent for every protocol. */
  readonly protocol?: Protocol;
  readonly source?: CalicoEnd;
  readonly destination?: CalicoEnd;
  readonly http?: HttpRule;
}

export interface CalicoEnd {
  readonly selector?: string;
  readonly namespaceSelector?: string;
  readonly nets?: readonly string[];
  readonly notNets?: readonly string[];
  readonly ports?: readonly (number | string)[];
}

/**
 * The rules of one direction of a policy, in the order of their peers. A rule has one peer, one protocol and one family of
 * addresses, so that an opening is as many rules as it has of these.
 *
 * Requests are told apart at the destination alone: Calico refuses `http` in egress rules.
 *
 * @param namespace of the policy; absent for cluster-wide ones
 */
export function rules(
  action: CalicoRule['action'],
  direction: Direction,
  namespace: string | undefined,
  openings: readonly Opening[],
): CalicoRule[] {
  return merged(direction, openings).flatMap((opening) => {
    const ends = endsOf(opening.peer, namespace);
    const traffic = trafficOf(opening);
    return ends.flatMap((end) => traffic.map((it) => rule(action, direction, end, it)));
  });
}

/** Openings to one peer as one, and those for the same requests on the same ports. */
function merged(direction: Direction, openings: readonly Opening[]): Opening[] {
  const byKey = new Map<string, Opening>();
  for (const { requests: all, ...opening } of openings) {
    const requests = direction === 'ingress' ? all : undefined;
    const key = `${peerKey(opening.peer)} ${requests === undefined ? '' : ports.portsText(opening.ports)}`;
    const known = byKey.get(key);
    byKey.set(key, {
      peer: opening.peer,
      ports: known === undefined ? opening.ports : ports.union(known.ports, opening.ports),
      ...(requests !== undefined && { requests: canonicalRequests([...(known?.requests ?? []), ...requests]) }),
    });
  }
  return [...byKey.keys()].sort().map((key) => byKey.get(key) as Opening);
}

/** Pods before addresses; tiers and the pods of others alike, since a rule does not say whose they are. */
const peerKey = remembered((peer: Endpoint): string => {
  if (peer.kind === 'addresses') return `2 ${ips.ipsText(peer.addresses)}`;
  return `1 ${podSetText(podsOf(peer))}`;
});

function podsOf(peer: Endpoint): PodSet {
  if ('pods' in peer) return peer.pods;
  throw new Error(`Internal error: an end of the kind ${peer.kind} was let through to Calico`);
}

function endsOf(peer: Endpoint, namespace: string | undefined): readonly CalicoEnd[] {
  if (peer.kind === 'addresses') return addressEnds(peer.addresses);
  const pods = podsOf(peer);
  const isInside = namespace !== undefined && soleNamespace(pods.namespaces) === namespace;
  return [isInside ? endInside(pods) : endAnywhere(pods)];
}

// Peers and ports recur in many policies, so each is written once.

/** Without a namespaceSelector, a selector means the policy's own namespace. */
const endInside = remembered(({ pods }: PodSet): CalicoEnd => ({ selector: onlyPodExpression(pods) }));

const endAnywhere = remembered(
  ({ namespaces, pods }: PodSet): CalicoEnd => ({
    selector: onlyPodExpression(pods),
    namespaceSelector: namespaceExpression(namespaces),
  }),
);

/** A block and its exceptions are a rule of their own: `notNets` takes away from every block of the rule. */
const addressEnds = remembered((addresses: IpSet): readonly CalicoEnd[] => {
  const blocks = ips.blocks(addresses).flatMap(({ cidr, except }) => {
    const isTooLong = except.length > MOST_NETS;
    return isTooLong
      ? ips.plainBlocks(ips.fromBlock(cidr, except)).map((it) => ({ cidr: it, except: [] }))
      : [{ cidr, except }];
  });
  const plain = blocks.filter(({ except }) => except.length === 0).map(({ cidr }) => cidr);
  return [
    ...[plain.filter(isIpv4), plain.filter((cidr) => !isIpv4(cidr))].flatMap((family) =>
      inGroups(family, MOST_NETS).map((nets) => ({ nets })),
    ),
    ...blocks.filter(({ except }) => except.length > 0).map(({ cidr, except }) => ({ nets: [cidr], notNets: except })),
  ];
});

function isIpv4(cidr: string): boolean {
  return !cidr.includes(':');
}

interface RuleTraffic {
  readonly protocol?: Protocol;
  readonly ports?: readonly (number | string)[];
  readonly http?: HttpRule;
}

function trafficOf({ ports: set, requests }: Opening): RuleTraffic[] {
  const traffic = ports.isEverything(set) ? [{}] : ports.PROTOCOLS.flatMap((protocol) => ofProtocol(protocol, set));
  if (requests === undefined) return traffic;
  const http = httpRules(requests);
  return traffic.flatMap((it) => http.map((one) => ({ ...it, http: one })));
}

function ofProtocol(protocol: Protocol, set: PortSet): RuleTraffic[] {
  const { ranges, names } = set[protocol];
  if (ports.covers(set, ports.allOf(protocol))) return [{ protocol }];
  const numbers = ranges.map(([first, last]) => (first === last ? first : `${first}:${last}`));
  return inGroups([...numbers, ...names], MOST_PORTS).map((group) => ({ protocol, ports: group }));
}

/** Ports are always those of the destination. */
function rule(
  action: CalicoRule['action'],
  direction: Direction,
  end: CalicoEnd,
  { protocol, ports: list, http }: RuleTraffic,
): CalicoRule {
  const what = list === undefined ? {} : { ports: list };
  const ends =
    direction === 'ingress'
      ? { source: end, ...(list !== undefined && { destination: what }) }
      : { destination: { ...end, ...what } };
  return { action, ...(protocol !== undefined && { protocol }), ...ends, ...(http !== undefined && { http }) };
}
