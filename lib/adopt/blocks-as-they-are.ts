import { blockAddresses } from '../deployment/flows/outside-addresses';
import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import { remembered } from '../model/remembered';
import type { BlockPeer, Plan, PlannedFlow, Waiver } from './plan';

/**
 * A block is declared without what the cluster has of it, and refused where it may hold pods, unless that is acknowledged:
 * where it is allowed today, it is. The same would be found by declaring it, a round of everything later.
 */
export function blocksAsTheyAre(plan: Plan, facts: ClusterFacts): Plan {
  const inside = ips.unionOf([
    ips.none,
    ...[facts.podRanges, facts.serviceRanges, facts.nodeRanges].flatMap((of) => of ?? []),
  ]);
  // A rule is bound to many tiers, and its blocks are the same at each.
  const isWaived = remembered(({ cidr, except }: BlockPeer): { readonly is: boolean } => {
    const meant = ips.fromBlock(cidr, except);
    return { is: ips.intersects(meant, inside) || isRefused(meant, facts) };
  });
  return { ...plan, flows: plan.flows.map((flow) => withRanges(flow, (block) => isWaived(block).is)) };
}

function withRanges(flow: PlannedFlow, isWaived: (block: BlockPeer) => boolean): PlannedFlow {
  const { peer } = flow;
  return peer.kind === 'block' && isWaived(peer)
    ? { ...flow, waived: flow.waived.length === 0 ? SO_TODAY_ALONE : [...flow.waived, SO_TODAY] }
    : flow;
}

function isRefused(block: ips.IpSet, facts: ClusterFacts): boolean {
  return blockAddresses(block, { facts, waivers: [], forAgent: false, ports: undefined }).problems.some(
    ({ rule }) => rule === SO_TODAY.rule,
  );
}

const SO_TODAY: Waiver = { rule: 'cluster-range', because: 'it is so today' };

/** One list for the many flows of which nothing else is waived. */
const SO_TODAY_ALONE: readonly Waiver[] = [SO_TODAY];
