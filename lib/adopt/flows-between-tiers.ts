import { podsSeen } from '../checks/pods-seen';
import type { Seen } from '../checks/seen';
import type { Direction, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Binding } from './binding';
import { requestsOf } from './flows-with-others';
import { keyOf, type PlannedFlow, type PlannedTier } from './plan';
import { allowedBy } from './reasons';

/**
 * Flows between tiers that today's policies let through, on the ports that surely pass at both ends. What no policy is
 * about at either end is none: it is open, and nothing says that it is needed.
 */
export function flowsBetweenTiers(seen: Seen, tiers: readonly PlannedTier[], bound: Binding): readonly PlannedFlow[] {
  const { byClass } = seen.connectivity();
  const position = new Map(seen.reading.world.workloads.map(({ id }, at) => [id, at]));
  const classesOf = tiers.map(({ workloads }) => [
    ...new Set(workloads.map((id) => byClass.ofWorkload[position.get(id) as number])),
  ]);
  const isOpen = (tier: PlannedTier, direction: Direction) => bound.isolates(tier, direction).length === 0;
  const open = {
    egress: tiers.map((tier) => isOpen(tier, 'egress')),
    ingress: tiers.map((tier) => isOpen(tier, 'ingress')),
  };
  const passing = new Map<string, PortSet>();
  const between = (from: number, to: number): PortSet => {
    const key = `${from} ${to}`;
    const known = passing.get(key);
    if (known !== undefined) return known;
    const { must } = byClass.verdict(byClass.between(from, to));
    passing.set(key, must);
    return must;
  };
  const flows: PlannedFlow[] = [];
  for (const [source, from] of tiers.entries()) {
    for (const [target, to] of tiers.entries()) {
      if (open.egress[source] && open.ingress[target]) continue;
      const set = ports.unionOf([
        ports.none,
        ...classesOf[source].flatMap((a) => classesOf[target].map((b) => between(a, b))),
      ]);
      if (ports.isEmpty(set)) continue;
      flows.push({
        tier: keyOf(to),
        direction: 'ingress',
        peer: { kind: 'tier', tier: keyOf(from) },
        ports: set,
        because: allowedBy([
          ...admitting(seen, bound.allows(to, 'ingress'), from, set),
          ...admitting(seen, bound.allows(from, 'egress'), to, set),
        ]),
        waived: [],
      });
    }
  }
  return [...flows, ...tiers.flatMap((to) => limitedTo(seen, to, tiers, bound))];
}

/** Flows that the end that they come in at limits to requests: these ports pass by requests alone. */
function limitedTo(seen: Seen, to: PlannedTier, tiers: readonly PlannedTier[], bound: Binding): readonly PlannedFlow[] {
  const { between } = seen.connectivity();
  return bound.allows(to, 'ingress').flatMap((rule) => {
    const http = requestsOf(rule);
    if (http === undefined || http === 'unsayable') return [];
    return tiers.flatMap((from) => {
      if (!rule.peers.some((peer) => mayBe(seen, peer, from))) return [];
      const { may, must } = between(from.workloads[0], to.workloads[0]);
      const set = ports.difference(ports.intersection(rule.ports, may).certain, must);
      if (ports.isEmpty(set)) return [];
      const policies = [rule.policy, ...admitting(seen, bound.allows(from, 'egress'), to, set)];
      return [
        {
          tier: keyOf(to),
          direction: 'ingress' as const,
          peer: { kind: 'tier' as const, tier: keyOf(from) },
          ports: set,
          http,
          because: allowedBy(policies),
          waived: [],
        },
      ];
    });
  });
}

function admitting(seen: Seen, rules: readonly Rule[], other: PlannedTier, set: PortSet) {
  return rules
    .filter(
      (rule) =>
        !ports.isEmpty(ports.intersection(rule.ports, set).possible) &&
        rule.peers.some((peer) => mayBe(seen, peer, other)),
    )
    .map(({ policy }) => policy);
}

function mayBe(seen: Seen, peer: Rule['peers'][number], { workloads }: PlannedTier): boolean {
  if (peer.kind === 'pods')
    return podsSeen(seen)
      .workloads(peer.pods)
      .some(({ id }) => workloads.includes(id));
  return peer.kind === 'anything';
}
