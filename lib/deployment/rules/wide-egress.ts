import { tierKey } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import { type HostPattern, hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { isWaived } from '../../values/acknowledgement';
import type { TierRecord } from '../records';
import { problemAt, type RuleContext } from './rule';
import { amount, isWide } from './wide';

/** Weights are what an intruder takes: pods that hold them reach few addresses, or somebody says why not. */
export function wideEgress({ declarations, graph }: RuleContext) {
  const outward = graph.flows.filter(({ to }) => to.kind === 'addresses' || to.kind === 'hosts');
  return declarations.tiers
    .filter(({ role, acknowledged }) => role === 'inference' && !isWaived('wide-egress', acknowledged))
    .flatMap((tier) => [...tooWide(tier, outward), ...tooWideByName(tier, outward)]);
}

function tooWide(tier: TierRecord, flows: readonly Flow[]) {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  const reached = flows.flatMap(({ from, to, acknowledged }) =>
    from.kind === 'tier' && tierKey(from) === key && to.kind === 'addresses' && !isWaived('wide-egress', acknowledged)
      ? [to.addresses]
      : [],
  );
  const union = ips.unionOf(reached);
  if (!isWide(union)) return [];
  const text = ips.ipsText(union);
  return [
    problemAt(tier.construct, {
      rule: 'wide-egress',
      what: `egress to ${text} would let model weights leave to ${amount(union)}`,
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

/** Anybody can have a name under a top-level domain, so every one of them is the internet by another word. */
function tooWideByName(tier: TierRecord, flows: readonly Flow[]) {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  const patterns = flows.flatMap(({ from, to, acknowledged }) =>
    from.kind === 'tier' && tierKey(from) === key && to.kind === 'hosts' && !isWaived('wide-egress', acknowledged)
      ? to.patterns.filter(isUnderTopLevel)
      : [],
  );
  return [...new Set(patterns.map(hostText))].map((text) =>
    problemAt(tier.construct, {
      rule: 'wide-egress',
      what: `egress to ${text} would let model weights leave to whoever has a name there`,
      value: text,
      allowed: 'names, and names under a domain that belongs to somebody',
      fix: [
        "Name the hosts that it needs (Hostname.exact('huggingface.co')), or acknowledge it on the flow:",
        "  acknowledge: [{ rule: 'wide-egress', because: '…' }]",
      ].join('\n'),
    }),
  );
}

function isUnderTopLevel(pattern: HostPattern): boolean {
  return pattern.kind === 'any' || ('under' in pattern && !pattern.under.includes('.'));
}
