import { metadataOfEveryCloud } from '../cluster/metadata-services';
import { internetIpv4, privateRanges } from '../cluster/special-addresses';
import * as ips from '../model/ip-set';
import type { Rule } from '../model/layer';
import type { Seen } from './seen';

/** Every address that the peers of a rule name; all of them where it names no peer. */
export function addressesOf({ peers }: Pick<Rule, 'peers'>): ips.IpSet {
  if (peers.some(({ kind }) => kind === 'anything')) return ips.all;
  const blocks = peers.flatMap((peer) => (peer.kind === 'addresses' ? [peer.addresses] : []));
  // Most rules have one at most, and what is known of it is then known of the rule.
  return blocks.length < 2 ? (blocks[0] ?? ips.none) : ips.unionOf(blocks);
}

/** More than a rule about addresses that somebody knows would name: half of the internet and more. */
export function isMostOfInternet(addresses: ips.IpSet): boolean {
  return ips.size(addresses).v4 > HALF && ips.size(ips.intersection(addresses, internetIpv4)).v4 > HALF;
}

const HALF = ips.size(internetIpv4).v4 / 2n;

/** An address of the internet that stands for all of them (RFC 5737 is not routed, this one is). */
export const SOMEWHERE = '1.0.0.2';

/** The addresses of pods that the manifests show. */
export function shownAddresses({ reading: { world } }: Seen): ips.IpSet {
  return ips.unionOf([ips.none, ...world.workloads.flatMap(({ addresses }) => addresses.map(ips.fromAddress))]);
}

/** What of them is in the ranges that clusters number their pods and Services from. */
export function privateAmong(addresses: ips.IpSet): ips.IpSet {
  return ips.difference(ips.intersection(addresses, privateRanges), metadataOfEveryCloud);
}
