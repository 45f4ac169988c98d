import { into } from '../model/into';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import { keyOf, type PlannedFlow, type PlannedPeer, type PlannedTier } from './plan';
import { bothReasons } from './reasons';

/** Flows between the same ends as one, and those with every tier of a namespace as one with the namespace. */
export function mergedFlows(flows: readonly PlannedFlow[], tiers: readonly PlannedTier[]): readonly PlannedFlow[] {
  return withNamespaces(merged(flows), tiers);
}

function merged(flows: readonly PlannedFlow[]): readonly PlannedFlow[] {
  const found = new Map<string, PlannedFlow>();
  for (const flow of flows) {
    const key = `${flow.direction} ${flow.tier} ${peerText(flow.peer)} ${httpText(flow)}`;
    const known = found.get(key);
    found.set(key, known === undefined ? flow : bothFlows(known, flow));
  }
  return [...found.values()];
}

function httpText({ http }: PlannedFlow): string {
  return http === undefined ? '' : JSON.stringify(http);
}

function peerText(peer: PlannedPeer): string {
  return peer.kind === 'tier' ? peer.tier : textOfOther(peer);
}

/** A rule is bound to many tiers, and its peers are the same at each. */
const textOfOther = remembered((peer: PlannedPeer) => JSON.stringify(peer));

function bothFlows(a: PlannedFlow, b: PlannedFlow): PlannedFlow {
  return { ...b, ports: ports.union(b.ports, a.ports), because: bothReasons(a.because, b.because) };
}

function withNamespaces(flows: readonly PlannedFlow[], tiers: readonly PlannedTier[]): readonly PlannedFlow[] {
  const members = new Map<string, string[]>();
  for (const tier of tiers) into(members, tier.namespace, keyOf(tier));
  const groups = new Map<string, PlannedFlow[]>();
  const others: PlannedFlow[] = [];
  for (const flow of flows) {
    if (flow.peer.kind !== 'tier') others.push(flow);
    else into(groups, `${flow.direction} ${flow.tier} ${namespaceOf(flow.peer.tier)} ${sameOf(flow)}`, flow);
  }
  const withTiers = [...groups.values()].flatMap((group) => {
    const [first] = group;
    const name = first.peer.kind === 'tier' ? namespaceOf(first.peer.tier) : '';
    const all = members.get(name) ?? [];
    return all.length > 1 && group.length === all.length
      ? [{ ...first, peer: { kind: 'namespace' as const, name } }]
      : group;
  });
  return [...withTiers, ...others];
}

/** What is the same of flows that are one but for their peers. */
function sameOf(flow: PlannedFlow): string {
  return `${ports.portsText(flow.ports)} ${httpText(flow)} ${flow.because}`;
}

function namespaceOf(tier: string): string {
  return tier.slice(0, tier.indexOf('/'));
}
