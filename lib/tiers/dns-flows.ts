import type { DnsFacts } from '../cluster/cluster-facts';
import type { Flow } from '../model/flow';
import { portTraffic } from '../model/traffic';
import type { ResolvedTier } from './resolved-tier';

const BECAUSE = 'names are resolved by the cluster DNS';

/** A tier's way to each name server, when it resolves names at all. */
export function dnsFlows({ record, endpoint }: ResolvedTier, dns: DnsFacts): Flow[] {
  if (!record.dns) return [];
  return dns.servers.map((server) => ({
    from: endpoint,
    to: server.endpoint,
    traffic: portTraffic(server.ports),
    because: [BECAUSE],
    excepted: [],
    acknowledged: [],
    notes: [],
  }));
}
