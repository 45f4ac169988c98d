import { knowsEntities } from '../cluster/entities';
import { leadsToMetadata } from '../cluster/metadata-services';
import { isToIdentityServer } from '../cluster/workload-identity';
import { hasWaiver } from '../findings/waiver-uses';
import type { GraphData, GraphTier } from '../graph/graph-data';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Flow } from '../model/flow';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import type { RolePromise } from './terms/asked';

/** What the roles of tiers rule out on the cluster of the graph, whatever policy selects their pods. */
export function promisesOfTiers({ tiers, cluster }: Pick<GraphData, 'tiers' | 'cluster'>): RolePromise[] {
  return tiers.flatMap((tier) => promisesOf(tier, cluster));
}

function promisesOf({ role, namespace, name, acknowledged }: GraphTier, facts: ClusterFacts): RolePromise[] {
  if (role !== 'agent') return [];
  const tier = { namespace, name };
  const promises: RolePromise[] = [
    {
      tier,
      forbids: { kind: 'addresses', addresses: leadsToMetadata, name: 'metadata services' },
      because: 'metadata services hand out credentials',
      rule: 'metadata-service',
      spares: (flow) => isDns(flow, facts) || isToIdentityServer(flow, facts),
    },
    ...apiServerEnds(facts).map(
      (forbids): RolePromise => ({
        tier,
        forbids,
        because: 'an agent there can use whatever its service account may do',
        rule: 'api-server',
      }),
    ),
  ];
  return promises.filter(({ rule }) => !hasWaiver(rule, acknowledged));
}

/** Clouds answer names at addresses of metadata services; on the ports of DNS nothing but names is handed out. */
function isDns({ to, traffic }: Pick<Flow, 'to' | 'traffic'>, { dns }: ClusterFacts): boolean {
  return dns.servers.some(
    ({ endpoint, ports: served }) =>
      endpoint.kind === 'addresses' &&
      to.kind === 'addresses' &&
      ips.contains(endpoint.addresses, to.addresses) &&
      ports.covers(served, traffic.ports),
  );
}

/** The API server by its addresses, and as the engine knows it by itself; while it is nowhere known, nothing can be kept from it. */
function apiServerEnds(facts: ClusterFacts): RolePromise['forbids'][] {
  if (facts.apiServer === undefined) return [];
  return [
    { kind: 'addresses', addresses: facts.apiServer.addresses, name: 'api-server' },
    ...(knowsEntities(facts) ? [{ kind: 'entity', entity: 'api-server' } as const] : []),
  ];
}
