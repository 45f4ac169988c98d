import { internet } from '../cluster/special-addresses';
import { type HostPattern, hostImplies, hostText } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { Plane, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { World } from '../model/world';
import { type ByClass, connectivity } from './connectivity/connectivity';
import { NOTHING, type Verdict, type VerdictId } from './connectivity/verdicts';

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
function byName(plane: Plane, hosts: readonly StandIn[]): Plane {
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

/** What passes by name from each class, in one state. */
export interface ByName {
  /** Of the class of that number in `addressed`; nothing where its names are open to it by their addresses anyway. */
  verdictOf(host: StandIn, of: number): VerdictId;
  verdict(id: VerdictId): Verdict;
}

/**
 * Works out what passes by name. `addressed` is the same world by address: what passes to every address of the internet
 * passes to its names, and is told there.
 */
export function passingByName(world: World, plane: Plane, hosts: readonly StandIn[], addressed: ByClass): ByName {
  // The same mode of blocks, so that workloads fall into the same classes.
  const { byClass: named } = connectivity(world, byName(plane, hosts));
  const openOf = new Map<number, PortSet>();
  return {
    verdictOf({ address }, of) {
      const open = openOf.get(of) ?? toAllOfInternet(addressed, of);
      openOf.set(of, open);
      const cell = [...named.addresses('egress', of)].find(([, addresses]) => ips.contains(addresses, address));
      const verdict = cell?.[0] ?? NOTHING;
      return ports.covers(open, named.verdict(verdict).may) ? NOTHING : verdict;
    },
    verdict: (id) => named.verdict(id),
  };
}

/** What surely passes to every address of the internet. */
function toAllOfInternet(byClass: ByClass, of: number): PortSet {
  let rest = internet;
  let open: PortSet = ports.everything;
  for (const [verdict, addresses] of byClass.addresses('egress', of)) {
    if (!ips.intersects(addresses, internet)) continue;
    rest = ips.difference(rest, addresses);
    open = ports.intersection(open, byClass.verdict(verdict).must).certain;
  }
  return ips.isEmpty(rest) ? open : ports.none;
}
