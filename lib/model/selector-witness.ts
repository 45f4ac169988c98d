import {
  complement,
  isUnsatisfiable,
  isWithin,
  type KeyConstraint,
  meet,
  overlap,
  unconstrained,
} from './key-constraint';
import type { Labels } from './labels';
import { fromConstraints, type Selector, sample } from './selector-algebra';

/** Whether one selector is covered by many: labels that escape, or none can, or the budget did not suffice to tell. */
export type Witness =
  | { readonly kind: 'found'; readonly labels: Labels }
  | { readonly kind: 'covered' }
  | { readonly kind: 'undecided' };

/** Comparisons of a candidate with a selector. */
export const DEFAULT_BUDGET = 200_000;

/**
 * Labels that match `selector` and none of `minus`.
 *
 * Coverage by a union is as hard as satisfiability, and this is how such solvers work: a candidate is narrowed by what
 * is forced or cannot hurt; where neither is left it is split along the keys of one selector that it half escapes,
 * and the parts are tried depth first.
 *
 * @param budget comparisons of a candidate with a selector of `minus`. @default 200000
 */
export function witness(selector: Selector, minus: readonly Selector[], budget = DEFAULT_BUDGET): Witness {
  if (selector.impossible) return { kind: 'covered' };
  const stack: Candidate[] = [
    {
      allowed: new Map(selector.constraints.map((constraint) => [constraint.key, constraint])),
      hazards: minus.filter(({ impossible }) => !impossible),
    },
  ];
  const steps = { left: budget };
  for (let candidate = stack.pop(); candidate !== undefined; candidate = stack.pop()) {
    const outcome = narrowed(candidate, steps);
    if (outcome === 'undecided') return { kind: 'undecided' };
    if (outcome === 'covered') continue;
    if (outcome.hazards.length === 0) return { kind: 'found', labels: labelsOf(outcome) };
    stack.push(...split(outcome).reverse());
  }
  return { kind: 'covered' };
}

/** Label sets that are still to be looked at: what each key may be, and the selectors that may yet catch some. */
interface Candidate {
  readonly allowed: ReadonlyMap<string, KeyConstraint>;
  readonly hazards: readonly Selector[];
}

/**
 * The candidate with every hazard gone that leaves no choice. What remains half catches it along two keys or more.
 * No label set that escapes is lost, except for others that escape just as well.
 */
function narrowed(candidate: Candidate, steps: { left: number }): Candidate | 'covered' | 'undecided' {
  const allowed = new Map(candidate.allowed);
  let hazards = candidate.hazards;
  for (;;) {
    const kept: Selector[] = [];
    let forced = false;
    for (const hazard of hazards) {
      if (steps.left-- <= 0) return 'undecided';
      if (isEscaped(allowed, hazard)) continue;
      const open = openConstraints(allowed, hazard);
      if (open.length === 0) return 'covered';
      if (open.length > 1) kept.push(hazard);
      else {
        restrict(allowed, complement(open[0]));
        forced = true;
      }
    }
    hazards = kept;
    if (!forced && !takeSafeValues(allowed, hazards)) return { allowed, hazards };
  }
}

/**
 * Where a key has values that no hazard catches, those are as good a choice as any other: the key is restricted to
 * them. Says whether that was so for some key.
 */
function takeSafeValues(allowed: Map<string, KeyConstraint>, hazards: readonly Selector[]): boolean {
  const safe = new Map<string, KeyConstraint>();
  for (const hazard of hazards) {
    for (const open of openConstraints(allowed, hazard)) {
      const { key } = open;
      safe.set(key, meet(safe.get(key) ?? allowedOn(allowed, key), complement(open)));
    }
  }
  let taken = false;
  for (const [key, constraint] of safe) {
    if (isUnsatisfiable(constraint)) continue;
    allowed.set(key, constraint);
    taken = true;
  }
  return taken;
}

/** The parts of the candidate that escape its narrowest hazard, disjoint, along one key of the hazard after another. */
function split({ allowed, hazards }: Candidate): Candidate[] {
  const choices = (hazard: Selector) => openConstraints(allowed, hazard).length;
  const [hazard] = hazards.reduce((best, next) => (choices(next) < best[1] ? [next, choices(next)] : best), [
    hazards[0],
    choices(hazards[0]),
  ] as [Selector, number]);
  const others = hazards.filter((other) => other !== hazard);
  const caught = new Map(allowed);
  return openConstraints(allowed, hazard).map((constraint) => {
    const part = new Map(caught);
    restrict(part, complement(constraint));
    restrict(caught, constraint);
    return { allowed: part, hazards: others };
  });
}

/** Whether the hazard catches nothing of what is allowed. */
function isEscaped(allowed: ReadonlyMap<string, KeyConstraint>, hazard: Selector): boolean {
  return hazard.constraints.some((constraint) => !overlap(allowedOn(allowed, constraint.key), constraint));
}

/** The constraints of the hazard by which some of what is allowed escapes. */
function openConstraints(allowed: ReadonlyMap<string, KeyConstraint>, hazard: Selector): KeyConstraint[] {
  return hazard.constraints.filter((constraint) => !isWithin(allowedOn(allowed, constraint.key), constraint));
}

function allowedOn(allowed: ReadonlyMap<string, KeyConstraint>, key: string): KeyConstraint {
  return allowed.get(key) ?? unconstrained(key);
}

function restrict(allowed: Map<string, KeyConstraint>, constraint: KeyConstraint): void {
  allowed.set(constraint.key, meet(allowedOn(allowed, constraint.key), constraint));
}

function labelsOf({ allowed }: Candidate): Labels {
  const labels = sample(fromConstraints(allowed.values()));
  // Narrowing and splitting keep a candidate inhabited; an answer of either kind would be false if they did not.
  if (labels === undefined) throw new Error('a candidate for a witness became empty');
  return labels;
}
