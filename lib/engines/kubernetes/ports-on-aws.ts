import { isAwsVpcCni } from '../../cluster/platforms';
import { type GraphData, type GraphTier, tierKey } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import * as ips from '../../model/ip-set';
import { podSetsIntersect } from '../../model/pod-set';
import type { PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import type { Refusal } from '../refusal';

/**
 * Ports and ranges, with their protocols, that the agent keeps for one address; it drops what is beyond
 * (aws-network-policy-agent, and the Amazon EKS user guide, "Limit Pod traffic with Kubernetes network policies").
 */
const MOST_FOR_AN_ADDRESS = 24;

/**
 * Tiers that would have more ports for one address than the agent keeps. What leads to the same address adds up, in
 * whatever rule it is, so that splitting rules would not help.
 */
export function portsOnAws({ tiers, flows }: GraphData, facts: Partial<ClusterFacts>): Refusal[] {
  if (!isAwsVpcCni(facts)) return [];
  return tiers.flatMap((tier) =>
    [peersOf(tier, flows, 'to'), peersOf(tier, flows, 'from')].flatMap((peers) => tooMany(peers, facts)),
  );
}

interface Peer {
  readonly flow: Flow;
  readonly end: Endpoint;
}

function peersOf(tier: GraphTier, flows: readonly Flow[], side: 'from' | 'to'): Peer[] {
  const key = tierKey(tier);
  return flows.flatMap((flow) => {
    const own = side === 'to' ? flow.from : flow.to;
    return own.kind === 'tier' && tierKey(own) === key ? [{ flow, end: flow[side] }] : [];
  });
}

/** The first peer that shares addresses with too much, if any does. */
function tooMany(peers: readonly Peer[], facts: Partial<ClusterFacts>): Refusal[] {
  if (entries(unionOf(peers)) <= MOST_FOR_AN_ADDRESS) return [];
  for (const peer of peers) {
    const count = entries(unionOf(peers.filter(({ end }) => mayShareAddress(peer.end, end, facts))));
    if (count > MOST_FOR_AN_ADDRESS) return [refusal(peer.flow, count)];
  }
  return [];
}

function unionOf(peers: readonly Peer[]): PortSet {
  return ports.union(ports.none, ...peers.map(({ flow }) => flow.traffic.ports));
}

/** A range is one, and so is a name, or every port of a protocol. */
function entries(set: PortSet): number {
  if (ports.isEverything(set)) return 1;
  return ports.PROTOCOLS.reduce((sum, protocol) => sum + set[protocol].ranges.length + set[protocol].names.length, 0);
}

function mayShareAddress(a: Endpoint, b: Endpoint, { podRanges }: Partial<ClusterFacts>): boolean {
  if ('pods' in a && 'pods' in b) return podSetsIntersect(a.pods, b.pods);
  const [first, second] = [a, b].map((end) => (end.kind === 'addresses' ? end.addresses : podRanges));
  return first === undefined || second === undefined || ips.intersects(first, second);
}

function refusal(flow: Flow, count: number): Refusal {
  return {
    rule: 'engine-ports',
    about: { kind: 'flow', flow },
    why: `the VPC CNI keeps ${MOST_FOR_AN_ADDRESS} ports or ranges for an address and drops the others, and all flows between this tier and what this flow leads to have ${count}`,
    value: String(count),
    allowed: `${MOST_FOR_AN_ADDRESS} ports or ranges between a tier and one address`,
    engines: ['calico', 'cilium', 'antrea'],
    fix: 'Take ports together into ranges (Port.tcpRange), or give the tier fewer of them.',
  };
}
