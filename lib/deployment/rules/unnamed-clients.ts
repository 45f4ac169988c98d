import { internet } from '../../cluster/special-addresses';
import { isWaived } from '../../findings/waiver-uses';
import { tierKey } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { TierRecord } from '../records';
import { problemAt, type RuleContext } from './rule';
import { amount, isWide } from './wide';

/** Data is served to clients by name, and blocks that come to a large part of the internet name nobody. */
export function unnamedClients({ declarations, graph }: RuleContext) {
  // Asked of every data tier, and mostly there is no such flow.
  const fromAddresses = graph.flows.filter(({ from }) => from.kind === 'addresses');
  return declarations.tiers
    .filter(({ role }) => role === 'data')
    .flatMap((tier) => servesTheInternet(tier, fromAddresses));
}

function servesTheInternet(tier: TierRecord, fromAddresses: readonly Flow[]) {
  const key = tierKey({ namespace: tier.namespace.name, name: tier.name });
  const flows = fromAddresses.filter(({ to }) => to.kind === 'tier' && tierKey(to) === key);
  if (!isWide(publicClients(flows)) || isWaived('unnamed-clients', tier.acknowledged)) return [];
  const served = publicClients(flows.filter(({ acknowledged }) => !isWaived('unnamed-clients', acknowledged)));
  if (!isWide(served)) return [];
  const text = ips.ipsText(served);
  return [
    problemAt(tier.construct, {
      rule: 'unnamed-clients',
      what: `data would be served to ${amount(served)} of the internet, and not to clients by name`,
      value: text,
      allowed: 'at most 65,536 public IPv4 addresses (a /16) and a /48 of IPv6, over all flows of the tier',
      fix: [
        "Name the clients (Cidr.of('203.0.113.0/24')), or acknowledge it on the flow:",
        "  acknowledge: [{ rule: 'unnamed-clients', because: '…' }]",
      ].join('\n'),
    }),
  ];
}

function publicClients(flows: readonly Flow[]): IpSet {
  const clients = flows.flatMap(({ from }) => (from.kind === 'addresses' ? [from.addresses] : []));
  return ips.intersection(ips.unionOf(clients), internet);
}
