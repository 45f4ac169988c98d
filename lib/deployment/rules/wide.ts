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

/** How many addresses, in words. */
export function amount(addresses: IpSet): string {
  const { v4, v6 } = ips.size(addresses);
  const parts = [
    ...(v4 > 0n ? [`${v4.toLocaleString('en-US')} IPv4 addresses`] : []),
    ...(v6 > 0n ? [`${v6.toLocaleString('en-US')} IPv6 addresses`] : []),
  ];
  return parts.join(' and ');
}
