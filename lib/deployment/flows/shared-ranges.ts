import { isWaived } from '../../findings/waiver-uses';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Waiver } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import type { Problem } from '../../model/problem';
import { clusterCall } from '../../values/cluster-call';
import type { Declaration, HandedOnBy } from '../records';

/** What is to be known of addresses that nodes have and pods may have as well. */
export interface SharedRange {
  readonly notes: readonly string[];
  /** What accepts it of the tier and of the cluster, for the graph. */
  readonly acknowledged: readonly Waiver[];
  readonly problems: readonly Omit<Problem, 'where'>[];
}

/**
 * The ranges of pods that nobody who hands traffic on has an address in: in some networks nodes have theirs where pods have
 * them (EKS, AKS), and a balancer is in whichever subnet its owner chose.
 */
export function rangesOfPodsBeside(
  handedOnBy: HandedOnBy | undefined,
  { podRanges, nodeRanges }: ClusterFacts,
): IpSet | undefined {
  if (handedOnBy === 'balancer') return undefined;
  return handedOnBy === undefined ? podRanges : podRanges && ips.difference(podRanges, nodeRanges ?? ips.none);
}

/**
 * An engine that matches pods by address cannot tell them from nodes or a balancer in one range, so whoever names these
 * names the pods too. What the cluster accepts is for traffic that nodes hand on: a way out to nodes is accepted where it is declared.
 */
export function sharedRange(
  addresses: IpSet,
  { tier, acknowledged, direction, handedOnBy }: Declaration,
  facts: ClusterFacts,
): SharedRange {
  const { podRanges = ips.none, nodeRanges = ips.none, ipBlockMode } = facts;
  const [who, theirs] = handedOnBy === 'balancer' ? ['the balancer', ips.all] : ['nodes', nodeRanges];
  const shared = ips.intersection(addresses, ips.intersection(podRanges, theirs));
  if (ipBlockMode === 'external-only' || ips.isEmpty(shared)) return { notes: [], acknowledged: [], problems: [] };
  const ofCluster = direction === 'ingress' ? (facts.acknowledged ?? []) : [];
  const accepted = [...tier.acknowledged, ...ofCluster].filter(({ rule }) => rule === 'cluster-range');
  const text = ips.ipsText(shared);
  return {
    notes: [`${who} and pods share ${text}: the engine cannot tell them apart by address, so pods there are meant too`],
    acknowledged: accepted,
    problems: isWaived('cluster-range', acknowledged, accepted) ? [] : [notTold(who, text, direction, facts)],
  };
}

function notTold(
  who: string,
  text: string,
  direction: Declaration['direction'],
  facts: ClusterFacts,
): Omit<Problem, 'where'> {
  const acknowledge = "acknowledge: [{ rule: 'cluster-range', because: '…' }]";
  const onFlow = `the flow: ${acknowledge}`;
  return {
    rule: 'cluster-range',
    what: `${who} and pods share ${text}, and the engine of this cluster cannot tell them apart by address: pods there would be meant too`,
    value: text,
    allowed: `ranges of ${who} that hold no pods, or what they share accepted`,
    fix:
      direction === 'ingress'
        ? `Accept it once on the cluster, beside its ranges: ${clusterCall(facts, acknowledge)},\nor on ${onFlow}`
        : `Accept it on ${onFlow}`,
  };
}
