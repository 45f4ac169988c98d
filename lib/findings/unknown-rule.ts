import { nearestOf } from '../model/near';
import type { Problem } from '../model/problem';

/** The rules of manifests and of their reading: too many for a message. */
export const RULES_ALLOWED = 'the id of a rule, as findings print it';

/**
 * An acknowledgement of a rule that there is not, with the nearest that there is.
 *
 * @param allowed in words; every rule unless it is given.
 */
export function unknownRule(rule: string, rules: readonly string[], allowed = rules.join(', ')): Problem {
  const nearest = nearestOf(rule, rules);
  return {
    rule: 'acknowledgement',
    what: `there is no rule "${rule}" to acknowledge${nearest === undefined ? '' : `; did you mean "${nearest}"`}`,
    value: rule,
    allowed,
    fix: 'Name the rule that the error printed, or remove the acknowledgement.',
  };
}
