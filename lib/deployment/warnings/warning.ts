import type { IConstruct } from 'constructs';
import type { FoundProblem, Level } from '../../findings/finding';
import type { Waiver } from '../../model/flow';
import type { Seen } from './seen';

/** Something that is allowed and probably not what is meant: a rule that finds it, and what its page says. */
export interface Warning {
  readonly id: string;
  readonly level: Level;
  /** What goes wrong where nothing is done: a sentence without its full stop. */
  readonly why: string;
  /** What to do in general, for the page of the rule. */
  readonly fix: string;
  /** Rules of refusals beside which it is said as well; beside any other one it is not looked for. */
  readonly besides?: readonly string[];
  readonly find: (seen: Seen) => readonly Suspicion[];
}

/** What a warning finds, before it is known whether somebody acknowledged it. */
export interface Suspicion
  extends Pick<FoundProblem, 'about' | 'declaredAt' | 'what' | 'value' | 'allowed'>,
    Partial<Pick<FoundProblem, 'level' | 'why'>> {
  readonly construct: IConstruct;
  /** What to do here. */
  readonly fix: string;
  /** Where it can be acknowledged. */
  readonly acknowledged: readonly (readonly Waiver[])[];
}
