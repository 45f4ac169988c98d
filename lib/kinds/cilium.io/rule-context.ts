import type { Direction, Rule } from '../../model/layer';

/** What a rule is part of. */
export interface RuleContext {
  readonly direction: Direction;
  readonly action: Rule['action'];
  /** Of the policy; absent for cluster-wide ones. */
  readonly namespace: string | undefined;
  readonly isAboutNodes: boolean;
}
