import type { Connection, DecidedBy } from '../proof';

/**
 * How two sets of policies relate. `a-implies-b`: whatever A allows, B allows, and not the other way round. `disjoint` and
 * `incomparable`: each allows something that the other does not; disjoint where there is also nothing that both allow.
 */
export type Relation = 'equivalent' | 'a-implies-b' | 'b-implies-a' | 'disjoint' | 'incomparable' | 'undecided';

/** Two sets of policies compared, over every pod that could exist. */
export interface Comparison {
  readonly relation: Relation;
  /** Whether B allows whatever A allows. */
  readonly implies: Answer;
  /** Whether A allows whatever B allows. */
  readonly impliedBy: Answer;
  /** Whether both allow nothing but what passes in either for want of a policy that isolates. */
  readonly disjoint: Answer;
  /** What of the comparison a reader has to know, each a sentence: how blocks of addresses match in each. */
  readonly notes: readonly string[];
}

/** Whether a property holds. A `no` is always shown; `undecided` is never a yes. */
export type Answer =
  | { readonly holds: 'yes' }
  | { readonly holds: 'no'; readonly counterexample: Counterexample }
  | {
      readonly holds: 'undecided';
      /** Why, each a sentence or the begin of one. */
      readonly because: readonly string[];
      /** What would show that it does not hold, if it were certain. */
      readonly counterexample?: Counterexample;
    };

/** A connection, seen from the end of its subject, on which the property does not hold; an evaluator confirmed it. */
export interface Counterexample {
  readonly connection: Connection;
  readonly a: Verdict;
  readonly b: Verdict;
}

/** What one set of policies does with a connection. */
export interface Verdict {
  readonly admitted: boolean;
  /** Rules and policies behind it; empty where nothing isolates the pod, so that it passes. */
  readonly decidedBy: readonly DecidedBy[];
}
