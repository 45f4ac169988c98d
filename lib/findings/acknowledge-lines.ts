import type { Waiver } from '../model/flow';
import { type Problem, ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { reason } from './reason';
import { RULES_ALLOWED, unknownRule } from './unknown-rule';

/** The annotation of an object that accepts what rules find in it. */
export const ACKNOWLEDGE_ANNOTATION = 'cdk8s-zero-trust/acknowledge';

const LINE = /^([a-z][a-z0-9]*(?:-[a-z0-9]+)*): +(\S.*)$/;
const LONGEST_RULE = 64;

/** The annotation as waivers: a line each, `rule: reason`. A line that is none is a problem, and the others hold. */
export function acknowledgeLines(
  text: string,
  rules: readonly string[],
): { readonly waivers: readonly Waiver[]; readonly problems: readonly Problem[] } {
  const waivers: Waiver[] = [];
  const problems: Problem[] = [];
  for (const line of text.split(/\r?\n/).filter((each) => each.trim() !== '')) {
    try {
      waivers.push(waiverOf(line.trim(), rules));
    } catch (error) {
      if (!(error instanceof ZeroTrustError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (waivers.length + problems.length === 0) problems.push(notALine(text));
  return { waivers, problems };
}

function waiverOf(line: string, rules: readonly string[]): Waiver {
  const [, rule = '', because] = LINE.exec(line) ?? [];
  if (rule === '' || rule.length > LONGEST_RULE) throw new ZeroTrustError(notALine(line));
  if (!rules.includes(rule)) throw new ZeroTrustError(unknownRule(rule, rules, RULES_ALLOWED));
  return { rule, because: reason(because, 'an acknowledgement') };
}

function notALine(line: string): Problem {
  return {
    rule: 'acknowledgement',
    what: `${shown(line)} is not an acknowledgement, so it waives nothing`,
    value: line.slice(0, 200),
    allowed: 'a line for each rule: its id, a colon, a space and the reason',
    fix: `Write ${ACKNOWLEDGE_ANNOTATION}: 'wide-egress: the sandbox inspects all traffic'`,
  };
}
