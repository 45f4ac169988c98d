import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import type { Direction } from '../../model/layer';

/** What a proof is asked beside the declared flows. */
export interface WhatIsAsked {
  readonly foreign?: readonly ForeignDeclaration[];
  readonly promises?: readonly RolePromise[];
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
}

/** A connection that somebody declares for policies that are not ours. */
export type ForeignDeclaration = Pick<Flow, 'from' | 'to' | 'traffic' | 'because'>;
