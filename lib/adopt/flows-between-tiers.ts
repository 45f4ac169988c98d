import type { Seen } from '../checks/seen';
import { into } from '../model/into';
import type { Direction, PolicyRef, Rule } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { remembered } from '../model/remembered';
import { type HttpMatch, requestText } from '../model/request-match';
import type { Binding } from './binding';
import { requestsOf } from './flows-with-others';
import type { NamedTiers } from './named-tiers';
import { keyOf, type LeftOut, type PlannedFlow, type PlannedPeer, type PlannedTier } from './plan';
import { allowedBy } from './reasons';
import { requestsInCommon } from './requests-in-common';

export interface BetweenTiers {
  readonly flows: readonly PlannedFlow[];
  /** What both ends let through and no flow declares, on all its ports: `left` says why. */
  readonly told: readonly PlannedFlow[];
  readonly left: readonly LeftOut[];
}

/**
 * Flows between tiers that today's policies let through, on the ports that surely pass at both ends. What no policy is
 * about at either end is none: it is open, and nothing says that it is needed.
 */
export function flowsBetweenTiers(
  seen: Seen,
  tiers: readonly PlannedTier[],
  bound: Binding,
  named: NamedTiers,
): BetweenTiers {
  const byKey = new Map(tiers.map((tier) => [keyOf(tier), tier]));
  const passing = passingBetween(seen);
  const callers = callersBy(byKey, bound, named);
  const rulesNaming = rulesByNamed(named);
  const policiesFor = (rules: readonly Rule[], other: string, set: PortSet) =>
    rulesNaming(rules, other)
      .filter((rule) => touches(rule.ports, set))
      .map(({ policy }) => policy);
  const flows: PlannedFlow[] = [];
  const told: PlannedFlow[] = [];
  const left: LeftOut[] = [];
  const isLimiting = remembered((rules: readonly Rule[]) => ({
    is: rules.some(({ requests }) => requests !== undefined),
  }));
  const hasRequests = tiers.some((tier) =>
    DIRECTIONS.some((direction) => isLimiting(bound.allows(tier, direction)).is),
  );
  const endOf = (tier: PlannedTier, direction: Direction, rules: readonly Rule[], other: string) =>
    bound.isolates(tier, direction).length === 0 ? OPEN : rulesNaming(rules, other);
  for (const [key, to] of byKey) {
    const ingress = bound.allows(to, 'ingress');
    for (const caller of callers(to)) {
      const from = byKey.get(caller);
      if (from === undefined) continue;
      const set = passing(from, to);
      // Of most pairs that somebody names nothing passes.
      if (!hasRequests && set === NOTHING) continue;
      const egress = bound.allows(from, 'egress');
      if (set !== NOTHING)
        flows.push(flow(from, to, set, [...policiesFor(ingress, caller, set), ...policiesFor(egress, key, set)]));
      if (!isLimiting(ingress).is && !isLimiting(egress).is) continue;
      const ends = { ingress: endOf(to, 'ingress', ingress, caller), egress: endOf(from, 'egress', egress, key) };
      const byRequests = limited(seen, from, to, set, ends);
      flows.push(...byRequests.flows);
      told.push(...byRequests.told);
      left.push(...byRequests.left);
    }
  }
  return { flows, told, left };
}

const DIRECTIONS: readonly Direction[] = ['ingress', 'egress'];

/** The tiers that a rule at either end names, where one of the two is isolated: worked out once for each list of rules. */
function callersBy(
  byKey: ReadonlyMap<string, PlannedTier>,
  bound: Binding,
  named: NamedTiers,
): (to: PlannedTier) => Iterable<string> {
  const isIsolated = (tier: PlannedTier, direction: Direction) => bound.isolates(tier, direction).length > 0;
  const ofRules = remembered((rules: readonly Rule[]): ReadonlySet<string> => {
    const all = new Set<string>();
    for (const rule of rules) for (const key of named(rule)) all.add(key);
    return all;
  });
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

/** The ports that surely pass, or `NOTHING`. */
function passingBetween(seen: Seen): (from: PlannedTier, to: PlannedTier) => PortSet {
  const { byClass } = seen.connectivity();
  const classOf = new Map(seen.reading.world.workloads.map(({ id }, at) => [id, byClass.ofWorkload[at]]));
  const classesOf = remembered(({ workloads }: PlannedTier): readonly number[] => [
    ...new Set(workloads.map((id) => classOf.get(id) as number)),
  ]);
  const mustOf: PortSet[] = [];
  const between = (source: number, target: number) => {
    const id = byClass.between(source, target);
    mustOf[id] ??= orNothing(byClass.verdict(id).must);
    return mustOf[id];
  };
  return (from, to) => {
    const [sources, targets] = [classesOf(from), classesOf(to)];
    if (sources.length === 1 && targets.length === 1) return between(sources[0], targets[0]);
    return orNothing(
      ports.unionOf([NOTHING, ...sources.flatMap((source) => targets.map((target) => between(source, target)))]),
    );
  };
}

const NOTHING: PortSet = ports.none;

function orNothing(set: PortSet): PortSet {
  return ports.isEmpty(set) ? NOTHING : set;
}

/** Ports that pass by requests alone: by those that both ends let through, and by none that only one of them does. */
function limited(
  seen: Seen,
  from: PlannedTier,
  to: PlannedTier,
  open: PortSet,
  { ingress, egress }: Readonly<Record<Direction, readonly End[]>>,
): BetweenTiers {
  const found = { flows: [] as PlannedFlow[], told: [] as PlannedFlow[], left: [] as LeftOut[] };
  const { may } = seen.connectivity().between(from.workloads[0], to.workloads[0]);
  for (const [into, out] of ingress.flatMap((one) => egress.map((other) => [one, other] as const))) {
    const requests = [into.requests, out.requests];
    if (requests.every((each) => each === undefined)) continue;
    const both = ports.intersection(into.ports, out.ports).certain;
    const set = ports.difference(ports.intersection(both, may).certain, open);
    if (ports.isEmpty(set)) continue;
    const policies = [into, out].flatMap(({ policy }) => policy ?? []);
    const http = httpOfBoth(into, out);
    if (typeof http === 'object') found.flows.push(flow(from, to, set, policies, http));
    else {
      const what = `${keyOf(from)} -> ${keyOf(to)} ${ports.portsText(set)}, ${allowedBy(policies)}: ${http}`;
      found.told.push(flow(from, to, set, policies));
      found.left.push({ kind: 'not-said', of: keyOf(to), what });
    }
  }
  return found;
}

/** What one end lets through: a rule, or everything where no policy isolates it. */
type End = Pick<Rule, 'ports' | 'requests'> & Partial<Pick<Rule, 'policy'>>;

const OPEN: readonly End[] = [{ ports: ports.everything }];

/** The requests that pass at both ends, or why none are declared. */
function httpOfBoth(into: End, out: End): readonly HttpMatch[] | string {
  const [a, b] = [requestsOf(into), requestsOf(out)];
  if (a === 'unsayable' || b === 'unsayable') {
    const texts = [into, out].map(({ requests }) => requests?.map(requestText).join(', '));
    const unread = texts.filter((text, i) => text !== undefined && [a, b][i] === 'unsayable');
    const isSame = texts[0] === texts[1] ? ' (the same at both ends, so that they pass today)' : '';
    return `its requests are not understood: ${[...new Set(unread)].join(' and ')}${isSame}`;
  }
  if (a === undefined || b === undefined) return a ?? b ?? [];
  const common = requestsInCommon(a, b);
  const said = `${b.map(requestText).join(', ')} on the way out, ${a.map(requestText).join(', ')} on the way in`;
  if (common === undefined) return `what its ends have in common cannot be written as requests: ${said}`;
  return common.length > 0 ? common : `no request passes at both ends: ${said}`;
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
    peer: peerOf(from),
    ports: set,
    ...(http && { http }),
    because: allowedBy(policies),
    waived: NOTHING_WAIVED,
  };
}

/** One for all flows with the tier. */
const peerOf = remembered((tier: PlannedTier): PlannedPeer => ({ kind: 'tier', tier: keyOf(tier) }));

const NOTHING_WAIVED: PlannedFlow['waived'] = [];
