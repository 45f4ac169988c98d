import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';

/**
 * Ranges inside 0.0.0.0/0 and 2000::/3 that are not the internet, with what they are. Sources: the IANA special-purpose
 * address registries for IPv4 and IPv6 (RFC 6890), and the RFC named with each range.
 */
export const NOT_INTERNET: readonly { readonly block: string; readonly what: string }[] = [
  { block: '0.0.0.0/8', what: 'this network (RFC 791)' },
  { block: '10.0.0.0/8', what: 'private (RFC 1918)' },
  { block: '100.64.0.0/10', what: 'shared (RFC 6598)' },
  { block: '127.0.0.0/8', what: 'loopback (RFC 1122)' },
  { block: '169.254.0.0/16', what: 'link-local (RFC 3927)' },
  { block: '172.16.0.0/12', what: 'private (RFC 1918)' },
  { block: '192.0.0.0/24', what: 'protocol assignments (RFC 6890)' },
  { block: '192.88.99.0/24', what: '6to4 relay (RFC 7526)' },
  { block: '192.168.0.0/16', what: 'private (RFC 1918)' },
  { block: '198.18.0.0/15', what: 'benchmark (RFC 2544)' },
  { block: '224.0.0.0/4', what: 'multicast (RFC 1112)' },
  { block: '240.0.0.0/4', what: 'reserved (RFC 1112)' },
  { block: '2001::/23', what: 'protocol assignments: Teredo (RFC 4380), benchmark (RFC 5180), ORCHID (RFC 7343)' },
  { block: '2002::/16', what: '6to4 (RFC 3056)' },
];

/**
 * The only part of IPv6 that is handed out for the internet (IANA, "Internet Protocol Version 6 Address Space"). Loopback,
 * NAT64, private, link-local and multicast addresses are all outside it.
 */
const GLOBAL_UNICAST_IPV6 = '2000::/3';

const notInternet: IpSet = ips.fromBlocks(NOT_INTERNET.map(({ block }) => block));

export const internetIpv4: IpSet = ips.difference(ips.anyIpv4, notInternet);
export const internetIpv6: IpSet = ips.difference(ips.fromBlock(GLOBAL_UNICAST_IPV6), notInternet);

export const internet: IpSet = ips.union(internetIpv4, internetIpv6);

/** Ranges that clusters number their pods, nodes and Services from when nobody says otherwise. */
export const privateRanges: IpSet = ips.fromBlocks([
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  'fc00::/7',
]);
