import { into } from '../checks/into';
import type { Seen } from '../checks/seen';
import type { Direction, PolicyRef, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
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
  const callers = callersBy(byKey, bound, named);
  const rulesNaming = rulesByNamed(named);
  const policiesFor = (rules: readonly Rule[], other: string, set: PortSet) =>
    rulesNaming(rules, other)
      .filter((rule) => touches(rule.ports, set))
      .map(({ policy }) => policy);
  const flows: PlannedFlow[] = [];
  for (const [key, to] of byKey) {
    const ingress = bound.allows(to, 'ingress');
    const limiting = ingress.filter(({ requests }) => requests !== undefined);
    for (const caller of callers(to)) {
      const from = byKey.get(caller);
      if (from === undefined) continue;
      const set = passing(from, to);
      if (!ports.isEmpty(set)) {
        const egress = bound.allows(from, 'egress');
        flows.push(flow(from, to, set, [...policiesFor(ingress, caller, set), ...policiesFor(egress, key, set)]));
      }
      if (limiting.length > 0) flows.push(...limited(seen, from, to, set, limiting, named));
    }
  }
  return flows;
}

/** The tiers that a rule at either end names, where one of the two is isolated: worked out once for each list of rules. */
function callersBy(
  byKey: ReadonlyMap<string, PlannedTier>,
  bound: Binding,
  named: NamedTiers,
): (to: PlannedTier) => Iterable<string> {
  const isIsolated = (tier: PlannedTier, direction: Direction) => bound.isolates(tier, direction).length > 0;
  const ofRules = remembered(
    (rules: readonly Rule[]): ReadonlySet<string> => new Set(rules.flatMap((rule) => [...named(rule)])),
  );
  let calling: ReadonlyMap<string, readonly string[]> | undefined;
  return (to) => {
    if (isIsolated(to, 'ingress')) return ofRules(bound.allows(to, 'ingress'));
    calling ??= callingByName(byKey, bound, ofRules);
    return calling.get(keyOf(to)) ?? [];
  };
}

/** For each tier those whose rules on their way out name it. */
function callingByName(
  byKey: ReadonlyMap<string, PlannedTier>,
  bound: Binding,
  ofRules: (rules: readonly Rule[]) => ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [key, tier] of byKey) {
    for (const target of ofRules(bound.allows(tier, 'egress'))) into(found, target, key);
  }
  return found;
}

/** The rules of a list that name a tier: asked for each pair of tiers, and the same for tiers with the same rules. */
function rulesByNamed(named: NamedTiers): (rules: readonly Rule[], other: string) => readonly Rule[] {
  const ofList = remembered((_: readonly Rule[]) => new Map<string, readonly Rule[]>());
  return (rules, other) => {
    const known = ofList(rules);
    const found = known.get(other) ?? rules.filter((rule) => named(rule).has(other));
    known.set(other, found);
    return found;
  };
}

/** Whether two sets may have a port in common. Few different sets meet in a world, many times each. */
function touches(a: PortSet, b: PortSet): boolean {
  if (a === b) return true;
  const known = touchingOf(a);
  const found = known.get(b) ?? !ports.isEmpty(ports.intersection(a, b).possible);
  known.set(b, found);
  return found;
}

const touchingOf = remembered((_: PortSet) => new WeakMap<PortSet, boolean>());

function passingBetween(seen: Seen): (from: PlannedTier, to: PlannedTier) => PortSet {
  const { byClass } = seen.connectivity();
  const classOf = new Map(seen.reading.world.workloads.map(({ id }, at) => [id, byClass.ofWorkload[at]]));
  const classesOf = remembered(({ workloads }: PlannedTier): readonly number[] => [
    ...new Set(workloads.map((id) => classOf.get(id) as number)),
  ]);
  return (from, to) => {
    const [sources, targets] = [classesOf(from), classesOf(to)];
    if (sources.length + targets.length === 2) return byClass.verdict(byClass.between(sources[0], targets[0])).must;
    return ports.unionOf([
      ports.none,
      ...sources.flatMap((a) => targets.map((b) => byClass.verdict(byClass.between(a, b)).must)),
    ]);
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
