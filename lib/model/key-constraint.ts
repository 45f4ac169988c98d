import { NAMESPACE_NAME_LABEL } from './labels';

/** What one label may be: a set of values, given by its members or by its exceptions, and perhaps no label at all. */
export interface KeyConstraint {
  readonly key: string;
  /** Sorted, each once. */
  readonly values: readonly string[];
  /** False: the value is one of `values`. True: any value but these. */
  readonly excluded: boolean;
  /** The key may be missing. Never so for the name label of namespaces. */
  readonly mayBeAbsent: boolean;
}

// A label value has up to 63 characters, so there are always more values than a selector can name: what is given by
// its exceptions is never empty, and never within what is given by its members.

/** The canonical constraint: values sorted and each once, and the label that is never absent not said to be. */
export function keyConstraint(
  key: string,
  values: readonly string[],
  { excluded, mayBeAbsent }: { readonly excluded: boolean; readonly mayBeAbsent: boolean },
): KeyConstraint {
  return {
    key,
    values: [...new Set(values)].sort(),
    excluded,
    mayBeAbsent: mayBeAbsent && key !== NAMESPACE_NAME_LABEL,
  };
}

/** Whatever the label may be, missing included where it can be. */
export function unconstrained(key: string): KeyConstraint {
  return keyConstraint(key, [], { excluded: true, mayBeAbsent: true });
}

export function isUnconstrained(constraint: KeyConstraint): boolean {
  const { key, values, excluded, mayBeAbsent } = constraint;
  return excluded && values.length === 0 && (mayBeAbsent || key === NAMESPACE_NAME_LABEL);
}

/** Nothing satisfies it. */
export function isUnsatisfiable(constraint: KeyConstraint): boolean {
  return !constraint.excluded && constraint.values.length === 0 && !constraint.mayBeAbsent;
}

/** `value` undefined stands for the missing key. */
export function allows(constraint: KeyConstraint, value: string | undefined): boolean {
  if (value === undefined) return constraint.mayBeAbsent;
  return isNamed(constraint, value) !== constraint.excluded;
}

/** What both allow, of constraints on the same key. */
export function meet(a: KeyConstraint, b: KeyConstraint): KeyConstraint {
  const mayBeAbsent = a.mayBeAbsent && b.mayBeAbsent;
  if (a.excluded && b.excluded) return { key: a.key, values: merged(a.values, b.values), excluded: true, mayBeAbsent };
  const [named, other] = a.excluded ? [b, a] : [a, b];
  return { key: a.key, values: named.values.filter((value) => allows(other, value)), excluded: false, mayBeAbsent };
}

/** Whether something is allowed by both, without making the constraint that says so. */
export function overlap(a: KeyConstraint, b: KeyConstraint): boolean {
  if (a.mayBeAbsent && b.mayBeAbsent) return true;
  if (a.excluded && b.excluded) return true;
  const [named, other] = a.excluded ? [b, a] : [a, b];
  return named.values.some((value) => allows(other, value));
}

/** Whatever `a` allows, `b` allows. */
export function isWithin(a: KeyConstraint, b: KeyConstraint): boolean {
  if (a.mayBeAbsent && !b.mayBeAbsent) return false;
  if (!a.excluded) return a.values.every((value) => allows(b, value));
  return b.excluded && b.values.every((value) => !allows(a, value));
}

/** Exactly what the constraint does not allow. */
export function complement(constraint: KeyConstraint): KeyConstraint {
  const { key, values, excluded, mayBeAbsent } = constraint;
  return { key, values, excluded: !excluded, mayBeAbsent: !mayBeAbsent && key !== NAMESPACE_NAME_LABEL };
}

/**
 * A value that a person can read: one that the constraint names, else no label where it may be missing (undefined),
 * else the first of `other`, `other-2`, … that is not an exception.
 */
export function exampleOf(constraint: KeyConstraint): string | undefined {
  const { values, excluded, mayBeAbsent } = constraint;
  if (!excluded && values.length > 0) return values.find((value) => value !== '') ?? '';
  if (mayBeAbsent || !excluded) return undefined;
  for (let n = 1; ; n++) {
    const value = n === 1 ? 'other' : `other-${n}`;
    if (allows(constraint, value)) return value;
  }
}

/** By binary search: selectors made by subtraction name thousands of values. */
function isNamed({ values }: KeyConstraint, value: string): boolean {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return values[low] === value;
}

/** The values of two sorted lists in one, each once. */
function merged(a: readonly string[], b: readonly string[]): string[] {
  const all: string[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) j++;
    else all.push(a[i] < b[j] ? a[i++] : b[j++]);
  }
  return all.concat(a.slice(i), b.slice(j));
}
