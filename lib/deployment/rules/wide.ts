import { internetIpv4, internetIpv6 } from '../../cluster/special-addresses';
import type { Flow } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';

/** As many addresses as a /16 of IPv4 has: more is wide. */
const WIDEST_IPV4 = 2n ** 16n;
/** As many addresses as a /48 of IPv6 has, what a site is given (RFC 6177): more is wide. */
const WIDEST_IPV6 = 2n ** 80n;

/** More addresses than one place has. */
export function isWide(addresses: IpSet): boolean {
  const { v4, v6 } = ips.size(addresses);
  return v4 > WIDEST_IPV4 || v6 > WIDEST_IPV6;
}

/** How many addresses, in words that can be read out: `the whole internet`, `16.8 million IPv4 addresses`. */
export function amount(addresses: IpSet): string {
  const v4 = shareOf(addresses, internetIpv4);
  const v6 = shareOf(addresses, internetIpv6);
  if (v4 !== undefined && v6 !== undefined) {
    return v4 === 'all' && v6 === 'all' ? 'the whole internet' : 'almost the whole internet';
  }
  const number = ips.size(addresses);
  const parts = [
    ...(v4 === undefined ? countIpv4(number.v4) : [`${SHARES[v4]} IPv4 internet`]),
    ...(v6 === undefined ? countIpv6(number.v6) : [`${SHARES[v6]} IPv6 internet`]),
  ];
  return parts.join(' and ');
}

/** The flow of these that reaches most, which a reader looks at first. */
export function widest<T extends { readonly flow: Flow; readonly addresses: IpSet }>(flows: readonly T[]): Flow {
  const sizeOf = ({ addresses }: T) => {
    const { v4, v6 } = ips.size(addresses);
    return v4 * 2n ** 96n + v6;
  };
  return flows.reduce((most, one) => (sizeOf(one) > sizeOf(most) ? one : most)).flow;
}

const SHARES = { all: 'the whole', most: 'almost the whole' };

/** All of a family of the internet, or all but the ranges that somebody took out of it; undefined for less than nine tenths. */
function shareOf(addresses: IpSet, internet: IpSet): 'all' | 'most' | undefined {
  if (ips.contains(addresses, internet)) return 'all';
  const here = ips.size(ips.intersection(addresses, internet));
  const whole = ips.size(internet);
  return (here.v4 + here.v6) * 10n >= (whole.v4 + whole.v6) * 9n ? 'most' : undefined;
}

function countIpv4(number: bigint): string[] {
  if (number === 0n) return [];
  if (number < 1_000_000n) return [`${number.toLocaleString('en-US')} IPv4 addresses`];
  return [`${(Number(number) / 1e6).toFixed(1)} million IPv4 addresses`];
}

/** A number of IPv6 addresses tells nobody anything; the block that has as many does. */
function countIpv6(number: bigint): string[] {
  if (number === 0n) return [];
  if (number < 1_000_000n) return [`${number.toLocaleString('en-US')} IPv6 addresses`];
  return [`as many IPv6 addresses as a /${128 - (number.toString(2).length - 1)} has`];
}
