import { isWaived } from '../../findings/waiver-uses';
import { tierKey } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import { type HostPattern, hostText } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { aboutFlow } from '../flows/flow-words';
import type { TierRecord } from '../records';
import { problemAt, type RuleContext } from './rule';
import { amount, isWide, widest } from './wide';

/** Weights are what an intruder takes: pods that hold them reach few addresses, or somebody says why not. */
export function wideEgress(context: RuleContext) {
  const { declarations, graph } = context;
  const outward = graph.flows.filter(({ to }) => to.kind === 'addresses' || to.kind === 'hosts');
  return declarations.tiers
    .filter(({ role }) => role === 'inference')
    .flatMap((tier) => {
      const flows = flowsOf(tier, outward);
      const isFine = flows.length === 0 || widths(tier, flows, context).length === 0;
      if (isFine || isWaived('wide-egress', tier.acknowledged)) return [];
      const meant = flows.filter(({ acknowledged }) => !isWaived('wide-egress', acknowledged));
      return widths(tier, meant, context);
    });
}

function flowsOf(tier: TierRecord, flows: readonly Flow[]): Flow[] {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  return flows.filter(({ from }) => from.kind === 'tier' && tierKey(from) === key);
}

function widths(tier: TierRecord, flows: readonly Flow[], context: RuleContext) {
  return [...tooWide(tier, flows, context), ...tooWideByName(tier, flows, context)];
}

function tooWide(tier: TierRecord, flows: readonly Flow[], { declaredAt }: RuleContext) {
  const reached = flows.flatMap((flow) =>
    flow.to.kind === 'addresses' ? [{ flow, addresses: flow.to.addresses }] : [],
  );
  const union = ips.unionOf(reached.map(({ addresses }) => addresses));
  if (!isWide(union)) return [];
  const together = reached.length === 1 ? '' : ` by ${reached.length} flows together, of which this is the widest`;
  return [
    problemAt(tier.construct, {
      rule: 'wide-egress',
      what: `model weights could leave to ${amount(union)}${together}`,
      ...aboutFlow(widest(reached), declaredAt),
      value: ips.ipsText(union),
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
function tooWideByName(tier: TierRecord, flows: readonly Flow[], { declaredAt }: RuleContext) {
  const found = flows.flatMap((flow) =>
    flow.to.kind === 'hosts' ? flow.to.patterns.filter(isUnderTopLevel).map((pattern) => ({ flow, pattern })) : [],
  );
  return found.map(({ flow, pattern }) => {
    const text = hostText(pattern);
    return problemAt(tier.construct, {
      rule: 'wide-egress',
      what: `model weights could leave to whoever has a name that ${text} stands for`,
      ...aboutFlow(flow, declaredAt),
      value: text,
      allowed: 'names, and names under a domain that belongs to somebody',
      fix: [
        "Name the hosts that it needs (Hostname.exact('huggingface.co')), or acknowledge it on the flow:",
        "  acknowledge: [{ rule: 'wide-egress', because: '…' }]",
      ].join('\n'),
    });
  });
}

function isUnderTopLevel(pattern: HostPattern): boolean {
  return pattern.kind === 'any' || ('under' in pattern && !pattern.under.includes('.'));
}
