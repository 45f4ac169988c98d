import { nearestOf } from '../model/near';
import type { Problem } from '../model/problem';

/** An acknowledgement of a rule that there is not, with the nearest that there is. */
export function unknownRule(rule: string, rules: readonly string[]): Problem {
  const nearest = nearestOf(rule, rules);
  return {
    rule: 'acknowledgement',
    what: `there is no rule "${rule}" to acknowledge${nearest === undefined ? '' : `; did you mean "${nearest}"`}`,
    value: rule,
    allowed: rules.join(', '),
    fix: 'Name the rule that the error printed, or remove the acknowledgement.',
  };
}
