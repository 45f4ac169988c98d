import { CHECKS } from '../checks';
import { READING_RULES } from '../findings/reading-rules';
import { WAIVABLE } from '../findings/waivable';

/** Every id that an acknowledgement may name: of the checks, of the constructs, and of what readers refuse; sorted. */
export function knownRules(): readonly string[] {
  return [...new Set([...CHECKS.map(({ id }) => id), ...Object.keys(WAIVABLE), ...READING_RULES])].sort();
}
