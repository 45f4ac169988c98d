import type { ClusterFacts, DnsServer } from '../../cluster/cluster-facts';
import { leadsToMetadata } from '../../cluster/metadata-services';
import type { Endpoint } from '../../model/endpoint';
import type { Excepted, Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import { portTraffic } from '../../model/traffic';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { nameServerAddresses } from './outside-addresses';

const BECAUSE = 'names are resolved by the cluster DNS';

/** A tier's way to each name server, when it resolves names at all. */
export function dnsFlows({ record, endpoint }: ResolvedTier, facts: ClusterFacts): Flow[] {
  if (!record.dns) return [];
  return facts.dns.servers.map((server) => ({
    from: endpoint,
    ...destination(server, facts),
    traffic: portTraffic(server.ports),
    because: [BECAUSE],
    acknowledged: [],
    notes: atMetadataService(server) ? [AT_METADATA] : [],
  }));
}

const AT_METADATA =
  'names are answered at the address of a metadata service: the ports of DNS are open there, and no others';

/** Where servers may be at any address, metadata services are taken out. */
function atMetadataService({ endpoint }: DnsServer): boolean {
  return (
    endpoint.kind === 'addresses' &&
    ips.intersects(endpoint.addresses, leadsToMetadata) &&
    !ips.contains(endpoint.addresses, ips.anyIpv4)
  );
}

/** Name servers that may be at any address are on the nodes: whatever else is known of an address, they are not there. */
function destination({ endpoint }: DnsServer, facts: ClusterFacts): { to: Endpoint; excepted: readonly Excepted[] } {
  if (endpoint.kind !== 'addresses' || !ips.contains(endpoint.addresses, ips.anyIpv4)) {
    return { to: endpoint, excepted: [] };
  }
  const { addresses, excepted } = nameServerAddresses(endpoint.addresses, facts);
  return { to: { ...endpoint, addresses }, excepted };
}
