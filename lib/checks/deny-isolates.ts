import type { Direction, Isolation, Layer, PolicyRef, Rule } from '../model/layer';
import { type PodSet, podSetImplies, podSetsIntersect } from '../model/pod-set';
import type { Check, CheckFinding } from './check';
import { isOwn } from './own-policies';
import { podsSeen, workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { type SeenRule, seenRules } from './seen-rules';

/** Of kinds that isolate whom they select and have denying rules: Cilium's and Calico's. One finding for each policy and direction. */
export const denyIsolates: Check = {
  id: 'deny-isolates',
  level: 'warning',
  title: 'a policy of denials alone that denies everything else too',
  why: 'A policy of this kind isolates the pods that it selects, so that what no policy allows them is denied beside what it lists',
  fix: 'Have the policy isolate nobody, or allow what is to pass.',
  avoid: cilium(''),
  prefer: cilium('\n  enableDefaultDeny: { egress: false }'),
  source:
    'cilium 1.20.2, pkg/policy/api/rule.go (enableDefaultDeny); Calico documentation, "Tier": defaultAction is Deny where it is left out',
  *find(seen) {
    const denials = seenRules(seen).filter(({ action, isEnforced, object }) => {
      return action === 'deny' && isEnforced && (object.group === 'cilium.io' || object.group === 'projectcalico.org');
    });
    if (denials.length === 0) return;
    const firstOf = new Map<PolicyRef, Map<Direction, SeenRule>>();
    for (const denial of denials) {
      const { policy, direction } = denial.parts[0];
      const known = firstOf.get(policy) ?? new Map<Direction, SeenRule>();
      firstOf.set(policy, known);
      if (!known.has(direction)) known.set(direction, denial);
    }
    for (const layer of seen.plane.plane.layers) {
      if (layer.otherwise !== 'deny') continue;
      for (const direction of ['ingress', 'egress'] as const) yield* foundIn(seen, layer, direction, firstOf);
    }
  },
};

function cilium(more: string): string {
  return `apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: no-metadata }
spec:
  endpointSelector: {}${more}
  egressDeny:
    - toCIDR: [169.254.169.254/32]
`;
}

function* foundIn(
  seen: Seen,
  { isolations, rules }: Layer,
  direction: Direction,
  firstOf: ReadonlyMap<PolicyRef, ReadonlyMap<Direction, SeenRule>>,
): Generator<CheckFinding> {
  const meansMore = new Set<PolicyRef>();
  for (const rule of rules) if (rule.direction === direction && !isNarrowDenial(rule)) meansMore.add(rule.policy);
  const isolating = isolations.filter((each) => each.direction === direction);
  const [bySlip, meant] = partition(isolating, ({ policy, isUncertain }) => {
    return isUncertain !== true && firstOf.get(policy)?.has(direction) === true && !meansMore.has(policy);
  });
  for (const { policy, subject } of bySlip) {
    const first = firstOf.get(policy)?.get(direction);
    if (first === undefined || isOwn(first.object) || SAYS_ISOLATED.test(policy.name)) continue;
    const whom = isolatedBySlip(seen, subject, meant);
    if (whom !== undefined) yield finding(first, whom);
  }
}

/** Names under which everything else is meant to be denied as well. */
const SAYS_ISOLATED = /default-?deny|deny-?(all|any|default)|isolat|lock-?down|quarantine|zero-?trust/i;

/** A denial of everything is how the end of a list is written. */
function isNarrowDenial({ action, peers, ports }: Rule): boolean {
  return action === 'deny' && !(ports.other && peers.some(({ kind }) => kind === 'anything'));
}

/** In words; undefined where other policies isolate the same pods anyway, or may. */
function isolatedBySlip(seen: Seen, subject: PodSet, meant: readonly Isolation[]): string | undefined {
  if (meant.some((other) => podSetImplies(subject, other.subject))) return undefined;
  const { ids, of } = podsSeen(seen);
  const near = meant.filter((other) => podSetsIntersect(subject, other.subject));
  const selected = ids(subject);
  if (selected.length === 0) return near.length === 0 ? 'every pod that it selects' : undefined;
  const otherwise = new Set(near.flatMap((other) => ids(other.subject)));
  const isolated = selected.filter((id) => !otherwise.has(id));
  return isolated.length === 0 ? undefined : workloadsText(of(isolated));
}

function finding({ object, path, direction }: SeenRule, whom: string): CheckFinding {
  return {
    object,
    path,
    what: `the policy has denials of ${direction} alone, and isolates ${whom}: what no policy allows them in this direction is denied as well`,
    value: direction,
    allowed: 'denials that isolate nobody, or rules that allow the rest',
    fix:
      object.group === 'cilium.io'
        ? `Write enableDefaultDeny: { ${direction}: false } beside the rules.`
        : 'Put the policy into a Tier of its own with defaultAction: Pass, so that what it does not deny is left to the policies after it.',
  };
}

function partition<T>(all: readonly T[], isIn: (one: T) => boolean): [T[], T[]] {
  return [all.filter(isIn), all.filter((one) => !isIn(one))];
}
