import { knowsEntities } from '../cluster/entities';
import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';

/** Of a range that nobody routes (RFC 5737): they stand for addresses that only the user knows. */
export const PLACEHOLDER = '192.0.2.10/32';
const NODES = '192.0.2.64/26';

/** What is known of the cluster; engines that name the API server and nodes by address get some that have to be written. */
export function clusterOfProject(facts: ClusterFacts, apiServer?: readonly string[]): ClusterFacts {
  if (apiServer === undefined && (facts.apiServer !== undefined || knowsEntities(facts))) return facts;
  const addresses = ips.fromBlocks(apiServer ?? [PLACEHOLDER]);
  const nodeRanges = facts.nodeRanges ?? (knowsEntities(facts) ? undefined : ips.fromBlocks([NODES]));
  return { ...facts, ...(nodeRanges && { nodeRanges }), apiServer: { addresses, ports: ports.number('TCP', 6443) } };
}
