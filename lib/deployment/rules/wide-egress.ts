import { isWaived } from '../../findings/waiver-uses';
import { tierKey } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import { type HostPattern, hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import type { TierRecord } from '../records';
import { problemAt, type RuleContext } from './rule';
import { amount, isWide } from './wide';

/** Weights are what an intruder takes: pods that hold them reach few addresses, or somebody says why not. */
export function wideEgress({ declarations, graph }: RuleContext) {
  const outward = graph.flows.filter(({ to }) => to.kind === 'addresses' || to.kind === 'hosts');
  return declarations.tiers.filter(({ role }) => role === 'inference').flatMap((tier) => widths(tier, outward));
}

function widths(tier: TierRecord, outward: readonly Flow[]) {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  const flows = outward.filter(({ from }) => from.kind === 'tier' && tierKey(from) === key);
  const isFine = flows.length === 0 || [...tooWide(tier, flows), ...tooWideByName(tier, flows)].length === 0;
  if (isFine || isWaived('wide-egress', tier.acknowledged)) return [];
  const meant = flows.filter(({ acknowledged }) => !isWaived('wide-egress', acknowledged));
  return [...tooWide(tier, meant), ...tooWideByName(tier, meant)];
}

function tooWide(tier: TierRecord, flows: readonly Flow[]) {
  const union = ips.unionOf(flows.flatMap(({ to }) => (to.kind === 'addresses' ? [to.addresses] : [])));
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
  const patterns = flows.flatMap(({ to }) => (to.kind === 'hosts' ? to.patterns.filter(isUnderTopLevel) : []));
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
