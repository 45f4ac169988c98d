import type { Waiver } from '../model/flow';
import type { FoundProblem } from './finding';

/** An acknowledgement that waives nothing, wherever it is written. */
export const ACKNOWLEDGEMENT_UNUSED = {
  id: 'acknowledgement-unused',
  level: 'warning',
  why: 'Who reads it believes that something is wide open which is not, and it would waive the rule the day it is',
  fix: 'Remove the acknowledgement.',
} as const;

/** What is said of one. */
export function unusedAcknowledgement({
  rule,
  because,
}: Waiver): Pick<FoundProblem, 'what' | 'value'> & { readonly fix: string } {
  return {
    what: `the acknowledgement of ${rule} ("${because}") waives nothing here`,
    value: rule,
    fix: 'Remove it.',
  };
}
