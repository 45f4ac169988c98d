import type { HostPattern } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { remembered } from '../../model/remembered';
import * as selectors from '../../model/selector';
import { isAtLeast } from '../../model/version';
import { portList } from '../kubernetes/rules';
import type { Opening } from '../openings';

/** A rule but for its name and its place in the policy. */
export interface AntreaRule {
  readonly action: 'Allow' | 'Drop';
  /** Where the policy says none for all of its rules. */
  readonly appliedTo?: readonly object[];
  readonly from?: readonly AntreaPeer[];
  readonly to?: readonly AntreaPeer[];
  /** Absent for every port of every protocol. */
  readonly ports?: readonly object[];
}

export interface AntreaPeer {
  readonly podSelector?: object;
  readonly namespaceSelector?: object;
  readonly ipBlock?: { readonly cidr: string; readonly except?: readonly string[] };
  readonly fqdn?: string;
}

/** Pods as a policy of the whole cluster selects them: a podSelector alone would be in every namespace. */
export const anywhere = remembered(({ namespaces, pods }: PodSet): AntreaPeer => {
  const namespaceSelector = selectors.toLabelSelector(namespaces);
  if (selectors.isAnything(pods)) return { namespaceSelector };
  return { namespaceSelector, podSelector: selectors.toLabelSelector(pods) };
});

/** Blocks may have excepts from 2.2 on; before, they are said by more blocks. */
export function blockPeers(addresses: ips.IpSet, version: string | undefined): AntreaPeer[] {
  if (!isAtLeast(version, '2.2')) return ips.plainBlocks(addresses).map((cidr) => ({ ipBlock: { cidr } }));
  return ips.blocks(addresses).map(({ cidr, except }) => ({
    ipBlock: except.length === 0 ? { cidr } : { cidr, except },
  }));
}

/** Openings to names, which no rule of a NetworkPolicy has: those on the same ports share a rule. */
export function hostRules(openings: readonly Opening[]): AntreaRule[] {
  const byPorts = new Map<string, { readonly ports: PortSet; readonly names: Set<string> }>();
  for (const { peer, ports: set } of openings) {
    if (peer.kind !== 'hosts') continue;
    const key = ports.portsText(set);
    const same = byPorts.get(key) ?? { ports: set, names: new Set() };
    for (const pattern of peer.patterns) same.names.add(fqdn(pattern));
    byPorts.set(key, same);
  }
  return [...byPorts.keys()].sort().map((key): AntreaRule => {
    const { ports: set, names } = byPorts.get(key) as { ports: PortSet; names: Set<string> };
    return { action: 'Allow', to: [...names].sort().map((name) => ({ fqdn: name })), ...portsOf(set) };
  });
}

/** `*` is any number of labels for Antrea. */
function fqdn(pattern: HostPattern): string {
  if (pattern.kind === 'exact') return pattern.name;
  if (pattern.kind === 'any-depth') return `*.${pattern.under}`;
  throw new Error(`Internal error: names of the kind ${pattern.kind} were let through to Antrea`);
}

export function portsOf(set: PortSet): { readonly ports?: readonly object[] } {
  return ports.isEverything(set) ? {} : { ports: portList(set) };
}

/** Names are unique in a policy, and Antrea refuses blocks of multicast beside others where a rule is of egress. */
export function numbered(direction: Direction, rules: readonly AntreaRule[]): object[] {
  const split = direction === 'ingress' ? rules : rules.flatMap(withoutMixedMulticast);
  return split.map((rule, i) => ({ name: `${direction}-${i + 1}`, ...rule }));
}

function withoutMixedMulticast(rule: AntreaRule): AntreaRule[] {
  const { to = [] } = rule;
  const multicast = to.filter(isMulticast);
  const others = to.filter((peer) => !isMulticast(peer));
  if (multicast.length === 0 || others.length === 0) return [rule];
  return [
    { ...rule, to: others },
    { ...rule, to: multicast },
  ];
}

const MULTICAST = ips.fromBlocks(['224.0.0.0/4', 'ff00::/8']);

/** Antrea goes by the address that a block begins with. */
function isMulticast({ ipBlock }: AntreaPeer): boolean {
  return ipBlock !== undefined && ips.hasAddress(MULTICAST, ipBlock.cidr.split('/')[0] as string);
}
