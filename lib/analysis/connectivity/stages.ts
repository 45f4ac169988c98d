import type { Rule } from '../../model/layer';
import type { Match } from './match';
import type { Matches } from './matches';

/** What decides about the traffic of one subject in one layer. */
export interface Stage {
  /** In the order in which they are asked. */
  readonly rules: readonly PlacedRule[];
  /** Whether it denies what none of its rules matches; otherwise that goes on to the next. */
  readonly denies: Match;
}

export interface PlacedRule {
  readonly layer: number;
  /** Among all rules of the plane that one subject has, in the order in which they are asked. */
  readonly position: number;
  readonly action: Rule['action'];
  readonly matches: Matches;
}
