import { objectText } from '../kinds/manifest';
import type { PolicyRef } from '../model/layer';
import { remembered } from '../model/remembered';

/** So many policies are named in a reason; the others are counted. */
const MOST_NAMED = 3;

/** The reason that is known of a flow: which policies allow it today. */
export function allowedBy(policies: readonly PolicyRef[]): string {
  const names = [...new Set(policies.map(nameOf))].sort();
  if (names.length === 0) return 'allowed today: no policy isolates this end';
  const named = names.slice(0, MOST_NAMED);
  const more = names.length - named.length;
  return `${ALLOWED_BY}${[...named, ...(more > 0 ? [`${more} more`] : [])].join(AND)}`;
}

/** The reason for what is allowed for one and for the other. */
export function bothReasons(a: string, b: string): string {
  if (a === b) return a;
  const known = policiesIn(a).split(AND);
  const more = policiesIn(b)
    .split(AND)
    .filter((policy) => !known.includes(policy));
  return [a, ...more].join(AND);
}

/** One reason for what is allowed for several such: the first policies are named, the others counted. */
export function reasonOfAll(reasons: readonly string[]): string {
  if (reasons.every((reason) => reason === reasons[0])) return reasons[0];
  const all = [...new Set(reasons.flatMap((reason) => policiesIn(reason).split(AND)))];
  const names = all.filter((name) => !COUNTED.test(name));
  const named = names.slice(0, MOST_NAMED);
  const more = names.length - named.length;
  // What a reason has counted may be named by another.
  const others = names.length < all.length ? ['others'] : more > 0 ? [`${more} more`] : [];
  return `${ALLOWED_BY}${[...named, ...others].join(AND)}`;
}

const AND = ' and ';
const COUNTED = /^\d+ more$/;

/** Whether all that is known of a flow is which policies allow it. */
export function isByPolicies(reason: string): boolean {
  return reason.startsWith(ALLOWED_BY);
}

/** The policies that a reason names. */
export function policiesIn(reason: string): string {
  return isByPolicies(reason) ? reason.slice(ALLOWED_BY.length) : reason;
}

const ALLOWED_BY = 'allowed by ';

/** A policy allows many flows. */
const nameOf = remembered(objectText);
