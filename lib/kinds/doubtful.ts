import type { Direction, Isolation, PlaneDoubt, PolicyRef, Rule } from '../model/layer';
import { type PodSet, podSetText } from '../model/pod-set';
import * as ports from '../model/port-set';
import type { Problem } from '../model/problem';
import { objectText } from './manifest';

/** Where an object is, for a problem that is about all of it. */
export function whereOf(policy: PolicyRef): { readonly where?: string } {
  return policy.source === undefined ? {} : { where: `${policy.source}: ${objectText(policy)}` };
}

/** A problem of whole policies, of which it is not known what they decide: about every connection of the pods that they bind. */
export function doubtOfPolicies(problem: Problem, readings: readonly Bound[]): PlaneDoubt {
  return { problem, rules: readings.flatMap((reading) => ofWholePolicy(reading, problem)) };
}

/** What a policy binds: the subjects of its rules and isolations. */
export interface Bound {
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
}

function ofWholePolicy({ rules, isolations }: Bound, problem: Problem): Rule[] {
  const bound = new Map<string, Rule[]>();
  for (const { policy, subject, direction } of [...isolations, ...rules]) {
    const key = `${direction} ${podSetText(subject)}`;
    if (!bound.has(key)) bound.set(key, anythingPerhaps(policy, subject, direction, problem));
  }
  return [...bound.values()].flat();
}

/** Anything may be let through, and anything denied. */
export function anythingPerhaps(policy: PolicyRef, subject: PodSet, direction: Direction, problem: Problem): Rule[] {
  const anything = { peers: [{ kind: 'anything' as const }], ports: ports.everything };
  return eitherWay({ policy, direction, index: 0, subject, ...anything, action: 'allow' }, problem);
}

/** What the rule is about may be let through, and may be denied. */
export function eitherWay(rule: Rule, doubt: Problem): Rule[] {
  const perhaps = { ...rule, isUncertain: true as const, doubt };
  return [
    { ...perhaps, action: 'allow' },
    { ...perhaps, action: 'deny' },
  ];
}

/** The problems of a plane, and of them those that are about some connections alone. */
export function problemsOf(
  doubts: readonly PlaneDoubt[],
  others: readonly Problem[] = [],
): { readonly problems?: readonly Problem[]; readonly doubts?: readonly PlaneDoubt[] } {
  if (doubts.length === 0 && others.length === 0) return {};
  return {
    problems: [...others, ...doubts.map(({ problem }) => problem)],
    ...(doubts.length > 0 && { doubts }),
  };
}
