import type { Seen } from '../checks/seen';
import type { Direction, PolicyRef, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { HttpMatch } from '../model/request-match';
import type { Binding } from './binding';
import { requestsOf } from './flows-with-others';
import type { NamedTiers } from './named-tiers';
import { keyOf, type PlannedFlow, type PlannedTier } from './plan';
import { allowedBy } from './reasons';

/**
 * Flows between tiers that today's policies let through, on the ports that surely pass at both ends. What no policy is
 * about at either end is none: it is open, and nothing says that it is needed.
 */
export function flowsBetweenTiers(
  seen: Seen,
  tiers: readonly PlannedTier[],
  bound: Binding,
  named: NamedTiers,
): readonly PlannedFlow[] {
  const byKey = new Map(tiers.map((tier) => [keyOf(tier), tier]));
  const passing = passingBetween(seen);
  const flows: PlannedFlow[] = [];
  for (const [key, to] of byKey) {
    for (const from of callersOf(key, byKey, bound, named)) {
      const set = passing(from, to);
      const admitting = (asked: PortSet) => [
        ...policiesFor(bound.allows(to, 'ingress'), keyOf(from), asked, named),
        ...policiesFor(bound.allows(from, 'egress'), key, asked, named),
      ];
      if (!ports.isEmpty(set)) flows.push(flow(from, to, set, admitting(set)));
      flows.push(...limited(seen, from, to, set, bound.allows(to, 'ingress'), named));
    }
  }
  return flows;
}

/** The tiers that a rule at either end names, where one of the two is isolated. */
function callersOf(
  key: string,
  byKey: ReadonlyMap<string, PlannedTier>,
  bound: Binding,
  named: NamedTiers,
): readonly PlannedTier[] {
  const to = byKey.get(key) as PlannedTier;
  const isIsolated = (tier: PlannedTier, direction: Direction) => bound.isolates(tier, direction).length > 0;
  const keys = isIsolated(to, 'ingress')
    ? new Set(bound.allows(to, 'ingress').flatMap((rule) => [...named(rule)]))
    : naming(byKey, bound, named).get(key);
  return [...(keys ?? [])].flatMap((each) => byKey.get(each) ?? []);
}

/** For each tier those that are isolated on their way out and whose rules name it; worked out once for a plan. */
const memo = new WeakMap<Binding, ReadonlyMap<string, ReadonlySet<string>>>();

function naming(
  byKey: ReadonlyMap<string, PlannedTier>,
  bound: Binding,
  named: NamedTiers,
): ReadonlyMap<string, ReadonlySet<string>> {
  const known = memo.get(bound);
  if (known !== undefined) return known;
  const found = new Map<string, Set<string>>();
  for (const [key, tier] of byKey) {
    for (const target of bound.allows(tier, 'egress').flatMap((rule) => [...named(rule)])) {
      const callers = found.get(target) ?? new Set();
      found.set(target, callers.add(key));
    }
  }
  memo.set(bound, found);
  return found;
}

function passingBetween(seen: Seen): (from: PlannedTier, to: PlannedTier) => PortSet {
  const { byClass } = seen.connectivity();
  const classOf = new Map(seen.reading.world.workloads.map(({ id }, at) => [id, byClass.ofWorkload[at]]));
  const classesOf = ({ workloads }: PlannedTier) => [...new Set(workloads.map((id) => classOf.get(id) as number))];
  return (from, to) => {
    const targets = classesOf(to);
    const verdicts = classesOf(from).flatMap((a) => targets.map((b) => byClass.verdict(byClass.between(a, b)).must));
    return verdicts.length === 1 ? verdicts[0] : ports.unionOf([ports.none, ...verdicts]);
  };
}

/** Flows that the end that they come in at limits to requests: these ports pass by requests alone. */
function limited(
  seen: Seen,
  from: PlannedTier,
  to: PlannedTier,
  open: PortSet,
  rules: readonly Rule[],
  named: NamedTiers,
): readonly PlannedFlow[] {
  return rules.flatMap((rule) => {
    const http = requestsOf(rule);
    if (http === undefined || http === 'unsayable' || !named(rule).has(keyOf(from))) return [];
    const { may } = seen.connectivity().between(from.workloads[0], to.workloads[0]);
    const set = ports.difference(ports.intersection(rule.ports, may).certain, open);
    return ports.isEmpty(set) ? [] : [flow(from, to, set, [rule.policy], http)];
  });
}

function flow(
  from: PlannedTier,
  to: PlannedTier,
  set: PortSet,
  policies: readonly PolicyRef[],
  http?: readonly HttpMatch[],
): PlannedFlow {
  return {
    tier: keyOf(to),
    direction: 'ingress',
    peer: { kind: 'tier', tier: keyOf(from) },
    ports: set,
    ...(http && { http }),
    because: allowedBy(policies),
    waived: [],
  };
}

function policiesFor(rules: readonly Rule[], other: string, set: PortSet, named: NamedTiers): readonly PolicyRef[] {
  return rules
    .filter((rule) => named(rule).has(other) && !ports.isEmpty(ports.intersection(rule.ports, set).possible))
    .map(({ policy }) => policy);
}
