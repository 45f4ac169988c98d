import { reason } from '../findings/reason';
import { unknownRule } from '../findings/unknown-rule';
import { WAIVABLE } from '../findings/waivable';
import { anything, listOf, optional, struct, text } from '../model/checked';
import type { Waiver } from '../model/flow';
import { ZeroTrustError } from '../model/problem';

/**
 * A rule of the library that is waived on purpose: it names the rule and says why. It shows in the policy graph.
 */
export interface Acknowledgement {
  /** Id of the rule, as the error or warning that it answers prints it, and as `Rule` has it: `Rule.WIDE_EGRESS`, say. */
  readonly rule: string;

  /** Why the rule does not hold here: at least two words. */
  readonly because: string;
}

/** The acknowledgements as waivers; a rule that cannot be waived is refused. */
export function waivers(acknowledge: unknown): Waiver[] {
  return (optional(acknowledgements)(acknowledge, 'acknowledge') ?? []).map(({ rule, because }) => {
    if (!Object.hasOwn(WAIVABLE, rule)) throw new ZeroTrustError(unknownRule(rule, Object.keys(WAIVABLE)));
    return { rule, because: reason(because, 'an acknowledgement') };
  });
}

const acknowledgements = listOf(
  struct<{ rule: string; because: unknown }>({ rule: text, because: anything }, 'an acknowledgement'),
  "{ rule: '…', because: '…' }",
);
