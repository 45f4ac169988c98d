import { into } from './into';
import {
  allows,
  exampleOf,
  isUnconstrained,
  isUnsatisfiable,
  isWithin,
  type KeyConstraint,
  meet,
  overlap,
} from './key-constraint';
import type { Labels } from './labels';

/**
 * A set of label sets: the product of what each key may be; a key that is not named may be anything. Canonical (keys
 * sorted, each once, none that allows everything), so two selectors that mean the same are equal.
 */
export interface Selector {
  readonly constraints: readonly KeyConstraint[];
  /** Nothing matches; then there are no constraints. */
  readonly impossible?: true;
}

/** Every label set matches. */
export const anything: Selector = { constraints: [] };

/** No label set matches. */
export const nothing: Selector = { constraints: [], impossible: true };

/** The selector that asks all of these at once; constraints on the same key are met. */
export function fromConstraints(constraints: Iterable<KeyConstraint>): Selector {
  const byKey = new Map<string, KeyConstraint[]>();
  for (const constraint of constraints) {
    into(byKey, constraint.key, constraint);
  }
  const met = [...byKey.values()].map(meetOf);
  if (met.some(isUnsatisfiable)) return nothing;
  return { constraints: met.filter((constraint) => !isUnconstrained(constraint)).sort(byTheirKeys) };
}

/** The same of constraints that each name a key of its own, allow something, and not everything. */
export function fromDistinct(constraints: KeyConstraint[]): Selector {
  return { constraints: constraints.length > 1 ? constraints.sort(byTheirKeys) : constraints };
}

/** In halves: one constraint after another would copy the growing list of values each time. */
function meetOf(constraints: readonly KeyConstraint[]): KeyConstraint {
  if (constraints.length === 1) return constraints[0];
  const middle = constraints.length >>> 1;
  return meet(meetOf(constraints.slice(0, middle)), meetOf(constraints.slice(middle)));
}

/** What matches both. */
export function both(a: Selector, b: Selector): Selector {
  if (a.impossible || b.impossible) return nothing;
  if (a.constraints.length === 0) return b;
  if (b.constraints.length === 0) return a;
  return fromConstraints([...a.constraints, ...b.constraints]);
}

export function matches(selector: Selector, labels: Labels): boolean {
  if (selector.impossible) return false;
  // Keys such as `constructor` are legal, so what an object inherits must not count as a label.
  return selector.constraints.every((constraint) =>
    allows(constraint, Object.hasOwn(labels, constraint.key) ? labels[constraint.key] : undefined),
  );
}

/** Whatever matches `a`, matches `b`. */
export function implies(a: Selector, b: Selector): boolean {
  if (a === b || a.impossible) return true;
  if (b.impossible) return false;
  return b.constraints.every((constraint) => {
    const own = constraintOn(a, constraint.key);
    return own !== undefined && isWithin(own, constraint);
  });
}

/** Some label set matches both. */
export function intersects(a: Selector, b: Selector): boolean {
  if (a.impossible || b.impossible) return false;
  const [few, many] = a.constraints.length <= b.constraints.length ? [a, b] : [b, a];
  return few.constraints.every((constraint) => {
    const other = constraintOn(many, constraint.key);
    return other === undefined || overlap(constraint, other);
  });
}

export function isNothing(selector: Selector): boolean {
  return selector.impossible === true;
}

export function isAnything(selector: Selector): boolean {
  return !selector.impossible && selector.constraints.length === 0;
}

/**
 * The fewest labels that match, readable and legal; undefined when nothing does. A namespace has its name label beside
 * them, when the selector does not speak of it.
 */
export function sample(selector: Selector): Labels | undefined {
  if (selector.impossible) return undefined;
  const labels: Record<string, string> = {};
  for (const constraint of selector.constraints) {
    const value = exampleOf(constraint);
    if (value !== undefined) labels[constraint.key] = value;
  }
  return labels;
}

/** What the selector says of a key: undefined when it does not name it. Binary search, since the keys are sorted. */
function constraintOn(selector: Selector, key: string): KeyConstraint | undefined {
  const { constraints } = selector;
  let low = 0;
  let high = constraints.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (constraints[middle].key < key) low = middle + 1;
    else high = middle;
  }
  return constraints[low]?.key === key ? constraints[low] : undefined;
}

function byTheirKeys(a: KeyConstraint, b: KeyConstraint): number {
  if (a.key === b.key) return 0;
  return a.key < b.key ? -1 : 1;
}
