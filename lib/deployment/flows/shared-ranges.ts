import type { ClusterFacts } from '../../cluster/cluster-facts';
import { isWaived } from '../../findings/waiver-uses';
import type { Waiver } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import { clusterCall } from '../../values/cluster-call';
import type { Declaration } from '../records';

/** What is to be known of addresses that nodes have and pods may have as well. */
export interface SharedRange {
  readonly notes: readonly string[];
  /** What accepts it of the tier and of the cluster, for the graph. */
  readonly acknowledged: readonly Waiver[];
  readonly problems: readonly Omit<Problem, 'where'>[];
}

/** The ranges that pods alone have their addresses in: in some networks they have those of the nodes too (EKS, AKS). */
export function rangesOfPodsAlone({ podRanges, nodeRanges }: ClusterFacts): IpSet | undefined {
  return podRanges && ips.difference(podRanges, nodeRanges ?? ips.none);
}

/**
 * An engine that matches pods by address cannot tell them from nodes in one range, so whoever names the nodes names these
 * pods too. What the cluster accepts is for traffic that nodes hand on: a way out to nodes is accepted where it is declared.
 */
export function sharedRange(
  addresses: IpSet,
  { tier, acknowledged, direction }: Declaration,
  facts: ClusterFacts,
): SharedRange {
  const { podRanges = ips.none, nodeRanges = ips.none, ipBlockMode } = facts;
  const shared = ips.intersection(addresses, ips.intersection(podRanges, nodeRanges));
  if (ipBlockMode === 'external-only' || ips.isEmpty(shared)) return { notes: [], acknowledged: [], problems: [] };
  const ofCluster = direction === 'ingress' ? (facts.acknowledged ?? []) : [];
  const accepted = [...tier.acknowledged, ...ofCluster].filter(({ rule }) => rule === 'cluster-range');
  const text = ips.ipsText(shared);
  return {
    notes: [`nodes and pods share ${text}: the engine cannot tell them apart by address, so pods there are meant too`],
    acknowledged: accepted,
    problems: isWaived('cluster-range', acknowledged, accepted) ? [] : [notTold(text, direction, facts)],
  };
}

function notTold(text: string, direction: Declaration['direction'], facts: ClusterFacts): Omit<Problem, 'where'> {
  const acknowledge = "acknowledge: [{ rule: 'cluster-range', because: '…' }]";
  const onFlow = `the flow: ${acknowledge}`;
  return {
    rule: 'cluster-range',
    what: `nodes and pods share ${text}, and the engine of this cluster cannot tell them apart by address: pods there would be meant too`,
    value: text,
    allowed: 'ranges of nodes that hold no pods, or what they share accepted',
    fix:
      direction === 'ingress'
        ? `Accept it once on the cluster, beside its ranges: ${clusterCall(facts, acknowledge)},\nor on ${onFlow}`
        : `Accept it on ${onFlow}`,
  };
}
