import { internet } from '../../cluster/special-addresses';
import { isWaived } from '../../findings/waiver-uses';
import { tierKey } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import { aboutFlow } from '../flows/flow-words';
import type { TierRecord } from '../records';
import { problemAt, type RuleContext } from './rule';
import { amount, isWide, widest } from './wide';

/** Data is served to clients by name, and blocks that come to a large part of the internet name nobody. */
export function unnamedClients({ declarations, graph, declaredAt }: RuleContext) {
  // Asked of every data tier, and mostly there is no such flow.
  const fromAddresses = graph.flows.filter(({ from }) => from.kind === 'addresses');
  return declarations.tiers
    .filter(({ role }) => role === 'data')
    .flatMap((tier) => servesTheInternet(tier, fromAddresses, declaredAt));
}

function servesTheInternet(tier: TierRecord, fromAddresses: readonly Flow[], declaredAt: RuleContext['declaredAt']) {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  const all = fromAddresses.filter(({ to }) => to.kind === 'tier' && tierKey(to) === key).flatMap(publicClients);
  const isFine = !isWide(ips.unionOf(all.map(({ addresses }) => addresses)));
  if (isFine || isWaived('unnamed-clients', tier.acknowledged)) return [];
  const clients = all.filter(({ flow }) => !isWaived('unnamed-clients', flow.acknowledged));
  const served = ips.unionOf(clients.map(({ addresses }) => addresses));
  if (!isWide(served)) return [];
  const together = clients.length === 1 ? '' : ` by ${clients.length} flows together, of which this is the widest`;
  return [
    problemAt(tier.construct, {
      rule: 'unnamed-clients',
      what: `data would be served to ${amount(served)}${together}, and not to clients by name`,
      ...aboutFlow(widest(clients), declaredAt),
      value: ips.ipsText(served),
      allowed: 'at most 65,536 public IPv4 addresses (a /16) and a /48 of IPv6, over all flows of the tier',
      fix: [
        "Name the clients (Cidr.of('203.0.113.0/24')), or acknowledge it on the flow:",
        "  acknowledge: [{ rule: 'unnamed-clients', because: '…' }]",
      ].join('\n'),
    }),
  ];
}

function publicClients(flow: Flow) {
  const { from } = flow;
  return from.kind === 'addresses' ? [{ flow, addresses: ips.intersection(from.addresses, internet) }] : [];
}
