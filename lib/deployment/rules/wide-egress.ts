import { tierKey } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import { isWaived } from '../../values/acknowledgement';
import type { TierRecord } from '../records';
import { problemAt, type RuleContext } from './rule';

/** As many addresses as a /16 of IPv4 has: more is wide. */
const WIDEST_IPV4 = 2n ** 16n;
/** As many addresses as a /48 of IPv6 has, what a site is given (RFC 6177): more is wide. */
const WIDEST_IPV6 = 2n ** 80n;

/** Weights are what an intruder takes: pods that hold them reach few addresses, or somebody says why not. */
export function wideEgress({ declarations, graph }: RuleContext) {
  return declarations.tiers
    .filter(({ role, acknowledged }) => role === 'inference' && !isWaived('wide-egress', acknowledged))
    .flatMap((tier) => tooWide(tier, graph.flows));
}

function tooWide(tier: TierRecord, flows: readonly Flow[]) {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  const reached = flows.flatMap(({ from, to, acknowledged }) =>
    from.kind === 'tier' && tierKey(from) === key && to.kind === 'addresses' && !isWaived('wide-egress', acknowledged)
      ? [to.addresses]
      : [],
  );
  const union = ips.unionOf(reached);
  const { v4, v6 } = ips.size(union);
  if (v4 <= WIDEST_IPV4 && v6 <= WIDEST_IPV6) return [];
  const text = ips.ipsText(union);
  return [
    problemAt(tier.construct, {
      rule: 'wide-egress',
      what: `egress to ${text} would let model weights leave to ${amount(v4, v6)}`,
      value: text,
      allowed:
        'at most 65,536 IPv4 addresses (a /16) and a /48 of IPv6 outside the cluster, over all flows of the tier',
      fix: [
        "Name the addresses that it needs (Cidr.of('203.0.113.0/24')), or acknowledge it on the flow:",
        "  acknowledge: [{ rule: 'wide-egress', because: '…' }]",
      ].join('\n'),
    }),
  ];
}

function amount(v4: bigint, v6: bigint): string {
  const parts = [
    ...(v4 > 0n ? [`${v4.toLocaleString('en-US')} IPv4 addresses`] : []),
    ...(v6 > 0n ? [`${v6.toLocaleString('en-US')} IPv6 addresses`] : []),
  ];
  return parts.join(' and ');
}
