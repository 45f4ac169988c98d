import type { Endpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import type { Direction, PolicyRef } from '../model/layer';
import type { Connection } from './space/cell';

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
}

/** What the role of a tier promises: its pods have no connection with these, whatever selects them. */
export interface RolePromise {
  readonly tier: { readonly namespace: string; readonly name: string };
  /** @default egress */
  readonly direction?: Direction;
  readonly forbids: Endpoint;
  /** Completes "…, because …". */
  readonly because: string;
  /** Id of the rule: the flows of the tier that acknowledge it are excepted. */
  readonly rule: string;
  /** Flows of the tier that the promise does not mean, beside those that acknowledge it. @default none */
  readonly spares?: (flow: Flow) => boolean;
}

/** A connection that somebody declares for policies that are not ours. */
export type ForeignDeclaration = Pick<Flow, 'from' | 'to' | 'traffic' | 'because'>;
