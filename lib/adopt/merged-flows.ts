import * as ports from '../model/port-set';
import { keyOf, type PlannedFlow, type PlannedTier } from './plan';

/** Flows between the same ends as one, and those with every tier of a namespace as one with the namespace. */
export function mergedFlows(flows: readonly PlannedFlow[], tiers: readonly PlannedTier[]): readonly PlannedFlow[] {
  return withNamespaces(merged(flows), tiers);
}

function merged(flows: readonly PlannedFlow[]): readonly PlannedFlow[] {
  const found = new Map<string, PlannedFlow>();
  for (const flow of flows) {
    const key = JSON.stringify([flow.tier, flow.direction, flow.peer, flow.http]);
    const known = found.get(key);
    const reasons = known === undefined ? flow.because : bothReasons(known.because, flow.because);
    found.set(key, { ...flow, ports: ports.union(flow.ports, known?.ports ?? ports.none), because: reasons });
  }
  return [...found.values()];
}

function bothReasons(a: string, b: string): string {
  if (a.includes(b.replace(/^allowed by /, ''))) return a;
  return `${a} and ${b.replace(/^allowed by /, '')}`;
}

function withNamespaces(flows: readonly PlannedFlow[], tiers: readonly PlannedTier[]): readonly PlannedFlow[] {
  const members = new Map<string, string[]>();
  for (const tier of tiers) members.set(tier.namespace, [...(members.get(tier.namespace) ?? []), keyOf(tier)]);
  const groups = new Map<string, PlannedFlow[]>();
  for (const flow of flows) {
    const namespace = flow.peer.kind === 'tier' ? flow.peer.tier.slice(0, flow.peer.tier.indexOf('/')) : '';
    const key = JSON.stringify([flow.tier, flow.direction, namespace, ports.portsText(flow.ports), flow.because]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [flow]);
    else known.push(flow);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first.peer.kind !== 'tier') return group;
    const name = first.peer.tier.slice(0, first.peer.tier.indexOf('/'));
    const all = members.get(name) ?? [];
    return all.length > 1 && group.length === all.length
      ? [{ ...first, peer: { kind: 'namespace' as const, name } }]
      : group;
  });
}
