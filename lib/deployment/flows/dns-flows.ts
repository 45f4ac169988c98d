import type { ClusterFacts, DnsServer } from '../../cluster/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Excepted, Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import { portTraffic } from '../../model/traffic';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { nameServerAddresses } from './outside-addresses';

export const DNS_REASON = 'names are resolved by the cluster DNS';

/** A tier's way to each name server, when it resolves names at all. */
export function dnsFlows({ record, endpoint }: ResolvedTier, facts: ClusterFacts): Flow[] {
  if (!record.dns) return [];
  return facts.dns.servers.map((server) => ({
    from: endpoint,
    ...destination(server, facts),
    traffic: portTraffic(server.ports),
    because: [DNS_REASON],
    acknowledged: [],
    notes: [],
  }));
}

/** Name servers that may be at any address are on the nodes: whatever else is known of an address, they are not there. */
function destination({ endpoint }: DnsServer, facts: ClusterFacts): { to: Endpoint; excepted: readonly Excepted[] } {
  if (endpoint.kind !== 'addresses' || !ips.contains(endpoint.addresses, ips.anyIpv4)) {
    return { to: endpoint, excepted: [] };
  }
  const { addresses, excepted } = nameServerAddresses(endpoint.addresses, facts);
  return { to: { ...endpoint, addresses }, excepted };
}
