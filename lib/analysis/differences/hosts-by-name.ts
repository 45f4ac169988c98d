import { type HostPattern, hostImplies, hostText } from '../../model/host-pattern';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Plane, Rule } from '../../model/layer';

/** A name in rules, or a wildcard, with the address that stands for it. */
export interface StandIn {
  readonly pattern: HostPattern;
  readonly address: IpSet;
}

/**
 * The names that egress rules of these planes have, each with an address of its own in a range that no rule is about
 * (240.0.0.0/4, RFC 1112), so that one reckoning answers for all names.
 */
export function standIns(planes: readonly Plane[]): readonly StandIn[] {
  const patterns = new Map<string, HostPattern>();
  for (const pattern of planes.flatMap(({ layers }) => layers).flatMap(({ rules }) => rules.flatMap(hostsOf)))
    patterns.set(`${pattern.kind} ${hostText(pattern)}`, pattern);
  return [...patterns.keys()].sort().map((key, position) => ({
    pattern: patterns.get(key) as HostPattern,
    address: single(FIRST + BigInt(position)),
  }));
}

const FIRST = 240n << 24n;

function single(address: bigint): IpSet {
  return { v4: [{ first: address, last: address }], v6: [] };
}

function hostsOf({ direction, peers }: Rule): readonly HostPattern[] {
  return direction === 'egress' ? peers.flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : [])) : [];
}

export function namesHosts({ layers }: Plane): boolean {
  return layers.some(({ rules }) => rules.some((rule) => hostsOf(rule).length > 0));
}

/**
 * The plane without what it allows by name: to which address a name leads is not known, so that such a rule says nothing of
 * one address. What is denied by name stays, since it makes addresses uncertain.
 */
export function withoutNames(plane: Plane): Plane {
  return withRules(plane, (rule) => {
    if (rule.action !== 'allow' || hostsOf(rule).length === 0) return [rule];
    const peers = rule.peers.filter(({ kind }) => kind !== 'hosts');
    return peers.length === 0 ? [] : [{ ...rule, peers }];
  });
}

/**
 * The plane as names meet it: each by its own address, and nothing by blocks. A pattern passes where all of its names do.
 * What is denied by name is never certain, since an engine learns addresses from the answers that it has seen.
 */
export function byName(plane: Plane, hosts: readonly StandIn[]): Plane {
  return withRules(plane, (rule) => {
    if (rule.direction === 'ingress' || rule.peers.some(({ kind }) => kind === 'anything')) return [rule];
    const own = hostsOf(rule);
    const met = hosts.filter(({ pattern }) => own.some((each) => hostImplies(pattern, each)));
    if (met.length === 0) return [];
    const addresses = ips.unionOf(met.map(({ address }) => address));
    const uncertain = rule.action === 'deny' && ({ isUncertain: true } as const);
    return [{ ...rule, ...uncertain, peers: [{ kind: 'addresses', addresses }] }];
  });
}

function withRules(plane: Plane, change: (rule: Rule) => Rule[]): Plane {
  return { ...plane, layers: plane.layers.map((layer) => ({ ...layer, rules: layer.rules.flatMap(change) })) };
}
