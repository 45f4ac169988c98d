import type { Seen } from '../checks/seen';
import type { Direction, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { Workload } from '../model/world';
import type { Binding } from './binding';
import type { NamedTiers } from './named-tiers';
import { keyOf, type PlannedTier } from './plan';
import { type PortsAt, portsAt } from './ports-at';

/** What is looked up of both ends of what a rule lets through. */
export interface EndsAsked {
  readonly bound: Binding;
  readonly named: NamedTiers;
  readonly portsAt: PortsAt;
  readonly answering: Answering;
  /** What passes from one tier to another, surely or perhaps. */
  readonly mayPass: (from: string, to: string) => PortSet;
}

/** Which of the tiers that a rule names let it through as well, where it may be that nothing passes all the same. */
export type Answering = (own: string, rule: Rule, meant: ReadonlySet<string>) => ReadonlySet<string>;

export function endsAsked(seen: Seen, tiers: readonly PlannedTier[], bound: Binding, named: NamedTiers): EndsAsked {
  const { workloads } = seen.reading.world;
  const numbered = portsAt(tiers, workloads);
  const workloadOf = new Map(tiers.map((tier) => [keyOf(tier), tier.workloads[0]]));
  const mayPass = (from: string, to: string) =>
    seen.connectivity().between(workloadOf.get(from) ?? '', workloadOf.get(to) ?? '').may;
  return { bound, named, portsAt: numbered, answering: answeringOf(tiers, workloads, bound, named, numbered), mayPass };
}

/**
 * What both ends let through may still not surely pass: where labels of pods are not in the manifests, and where another rule
 * denies it. Such tiers are few, and only with them it is looked at.
 */
function answeringOf(
  tiers: readonly PlannedTier[],
  workloads: readonly Workload[],
  bound: Binding,
  named: NamedTiers,
  numbered: PortsAt,
): Answering {
  const byKey = new Map(tiers.map((tier) => [keyOf(tier), tier]));
  const unknown = new Set(workloads.flatMap(({ id, unknownLabels }) => (unknownLabels === undefined ? [] : [id])));
  const inDoubt = new Set<string>();
  for (const [key, tier] of byKey)
    if (tier.workloads.some((id) => unknown.has(id)) || DIRECTIONS.some((direction) => bound.denies(tier, direction)))
      inDoubt.add(key);
  return (own, rule, meant) => {
    const asked = inDoubt.has(own) ? [...meant] : [...inDoubt].filter((key) => meant.has(key));
    return new Set(asked.filter((other) => other !== own && answers(own, rule, other)));
  };

  function answers(own: string, { direction, ports: set }: Rule, other: string): boolean {
    const tier = byKey.get(other);
    if (tier === undefined) return false;
    const [called, opposite]: [string, Direction] = direction === 'egress' ? [other, 'ingress'] : [own, 'egress'];
    const back = bound.allows(tier, opposite).filter((each) => named(each).has(own));
    const answered = ports.unionOf([ports.none, ...back.map((each) => numbered(called, each.ports))]);
    return ports.covers(answered, numbered(called, set));
  }
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];
