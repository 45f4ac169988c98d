import type { Flow } from '../model/flow';
import type { Direction, PolicyRef } from '../model/layer';
import type { Connection } from './space/cell';
import type { RolePromise } from './terms/asked';

/**
 * The statements of a proof: nothing is admitted that is not declared; what is declared is admitted; every pod is
 * isolated; the promises of roles hold; guardrails hold in every namespace.
 */
export type Statement = 'undeclared' | 'missing' | 'open' | 'promise' | 'guardrail';

/** A connection that breaks a statement at one of its ends. Evaluating the manifests for it gives the same answer. */
export interface Witness {
  readonly statement: Statement;
  /** The namespace whose pods are at this end: a zero-trust one, but for guardrails any. */
  readonly namespace: string;
  readonly direction: Direction;
  readonly connection: Connection;
  /** What lets it through (`undeclared`, `promise`, `guardrail`), or what stops it (`missing`); empty where no rule does. */
  readonly decidedBy: readonly DecidedBy[];
  /** The declared flow that is stopped. */
  readonly flow?: Flow;
  /** The promise that is broken. */
  readonly promise?: RolePromise;
  /** The guardrail that does not hold. */
  readonly guardrail?: string;
}

export interface DecidedBy {
  readonly policy: PolicyRef;
  /** Position of the rule that decided; absent where the policy isolates and none of its rules applies. */
  readonly index?: number;
  /** The rule speaks of addresses alone, so a pod is meant by its address. */
  readonly byAddress?: true;
  /** The rule denies. */
  readonly denies?: true;
  /** The rule or isolation may be there or not, or say less. */
  readonly isUncertain?: true;
}
