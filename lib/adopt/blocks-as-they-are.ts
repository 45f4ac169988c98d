import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import type { Plan, PlannedFlow, Waiver } from './plan';

/** A block is declared without what the cluster has of it, unless that is acknowledged: where it is allowed today, it is. */
export function blocksAsTheyAre(plan: Plan, facts: ClusterFacts): Plan {
  const inside = ips.unionOf([
    ips.none,
    ...[facts.podRanges, facts.serviceRanges, facts.nodeRanges].flatMap((of) => of ?? []),
  ]);
  return { ...plan, flows: plan.flows.map((flow) => withRanges(flow, inside)) };
}

function withRanges(flow: PlannedFlow, inside: ips.IpSet): PlannedFlow {
  const { peer } = flow;
  if (peer.kind !== 'block') return flow;
  const meant = ips.fromBlock(peer.cidr, peer.except);
  return ips.intersects(meant, inside) ? { ...flow, waived: [...flow.waived, SO_TODAY] } : flow;
}

const SO_TODAY: Waiver = { rule: 'cluster-range', because: 'it is so today' };
