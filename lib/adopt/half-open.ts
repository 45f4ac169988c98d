import { podsSeen } from '../checks/pods-seen';
import type { Seen } from '../checks/seen';
import { objectText } from '../kinds/manifest';
import type { Direction, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import type { Binding } from './binding';
import { portsCode } from './code/expressions';
import { keyOf, type LeftOut, type PlannedFlow, type PlannedTier } from './plan';

/** What one end lets through by name and the other does not: somebody meant it, and nothing passes. */
export function halfOpen(
  seen: Seen,
  tiers: readonly PlannedTier[],
  bound: Binding,
  flows: readonly PlannedFlow[],
): readonly LeftOut[] {
  const byWorkload = new Map(tiers.flatMap((tier) => tier.workloads.map((id) => [id, tier] as const)));
  const passing = new Map(
    flows.flatMap(({ tier, peer, ports: set }) =>
      peer.kind === 'tier' ? [[`${peer.tier} ${tier}`, set] as const] : [],
    ),
  );
  const found = new Map<string, LeftOut>();
  for (const tier of tiers) {
    for (const direction of ['egress', 'ingress'] as const) {
      for (const rule of bound.allows(tier, direction)) {
        for (const other of namedBy(rule, seen, byWorkload)) {
          const [from, to] = direction === 'egress' ? [tier, other] : [other, tier];
          const lacking = ports.difference(rule.ports, passing.get(`${keyOf(from)} ${keyOf(to)}`) ?? ports.none);
          if (from === to || ports.isEmpty(lacking)) continue;
          found.set(`${keyOf(from)} ${keyOf(to)}`, leftOut(from, to, direction, rule, lacking));
        }
      }
    }
  }
  return [...found.values()];
}

function namedBy({ peers }: Rule, seen: Seen, byWorkload: ReadonlyMap<string, PlannedTier>): ReadonlySet<PlannedTier> {
  const named = peers.flatMap((peer) => (isNamed(peer) ? podsSeen(seen).workloads(peer.pods) : []));
  return new Set(named.flatMap(({ id }) => byWorkload.get(id) ?? []));
}

/** Who lets every pod of every namespace through meant nobody by it. */
function isNamed(peer: Rule['peers'][number]): peer is Extract<Rule['peers'][number], { kind: 'pods' }> {
  return peer.kind === 'pods' && !(selectors.isAnything(peer.pods.namespaces) && selectors.isAnything(peer.pods.pods));
}

function leftOut(from: PlannedTier, to: PlannedTier, direction: Direction, rule: Rule, set: PortSet): LeftOut {
  const [way, other, missing] = direction === 'egress' ? (['out', to, 'in'] as const) : (['in', from, 'out'] as const);
  return {
    of: keyOf(direction === 'egress' ? from : to),
    what: `half open today: ${objectText(rule.policy)} lets ${keyOf(from)} -> ${keyOf(to)} ${ports.portsText(set)} ${way}, and no policy of ${keyOf(other)} lets it ${missing}`,
    line: `${direction === 'egress' ? 'allowTo' : 'allowFrom'}(<${keyOf(other)}>, { ports: ${portsCode(set)}, because: '…' })`,
  };
}
