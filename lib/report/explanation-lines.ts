import type { Explanation, Side } from '../analysis';
import { doubtText, remedyOf } from '../analysis/explanation/doubts';
import { lackText } from '../analysis/explanation/text';
import type { LayerStep } from '../analysis/explanation/walkthrough';
import { endText } from '../analysis/explanation/what-is-missing';
import { sentText } from '../model/sent';
import { type Places, policyAt, ruleAt } from './places';

// The sentences of an explanation, for every format that has sentences.

/** `a to b on TCP/8080 with GET /v1/models: denied`. */
export function explainedText({ connection, allowed }: Explanation): string {
  const { from, to, protocol, port, sent } = connection;
  const request = sent === undefined ? '' : ` with ${sentText(sent)}`;
  const verdict = allowed.must ? 'allowed' : allowed.may ? 'may be allowed' : 'denied';
  return `${endText(from)} to ${endText(to)} on ${protocol}/${port}${request}: ${verdict}`;
}

/** `egress of a: denied`. */
export function sideHeading({ direction, end, verdict }: Side): string {
  const subject = `${direction} of ${endText(end)}`;
  switch (verdict) {
    case 'unbound':
      return `${subject}: no policy binds it${end.kind === 'pod' ? ', since it is on the host network' : ''}`;
    case 'open':
      return `${subject}: open, since no policy decides`;
    case 'perhaps':
      return `${subject}: allowed or denied, by what is not known here`;
    default:
      return `${subject}: ${verdict}`;
  }
}

/** Policies that are not read, and why, that a reader of an explanation was told of. */
export type Told = Set<string>;

/** What a layer said, and by which of its policies. Why a policy is not read is told where it is met first. */
export function stepLines(step: LayerStep, places: Places, told: Told = new Set()): readonly string[] {
  switch (step.said) {
    case 'nothing':
      return ['no policy of it is about this'];
    case 'not asked':
      return ['not asked, since it is decided'];
    default:
      return step.decisions.flatMap((decision) => decisionLines(decision, places, told));
  }
}

const DOES = { allow: 'allows it', deny: 'denies it', pass: 'passes it on' } as const;
const MAY_DO = { allow: 'may allow it', deny: 'may deny it', pass: 'may pass it on' } as const;

type Deciding = LayerStep['decisions'][number];

function decisionLines(decision: Deciding, places: Places, told: Told): string[] {
  if (decision.kind === 'rule' && decision.rule.doubt !== undefined) {
    const { policy, doubt, action } = decision.rule;
    const which = policyAt(policy, places);
    if (told.has(`${which} ${doubt.what}`)) return [`${which} ${MAY_DO[action]}, for the same reason`];
    told.add(`${which} ${doubt.what}`);
  }
  return [decisionText(decision, places), ...new Set(decision.doubts.flatMap((doubt) => remedyOf(doubt) ?? []))];
}

/** A rule or an isolation, with what it does and on what that hangs. */
export function decisionText(decision: Deciding, places: Places): string {
  const named = decision.kind === 'rule' ? [decision.rule.policy] : decision.isolatedBy;
  const doubts = decision.doubts.map((doubt) => doubtText(doubt, named.length === 1 ? named[0] : undefined)).join('; ');
  if (decision.kind === 'isolation') {
    const by = decision.isolatedBy.map((policy) => policyAt(policy, places)).join(', ');
    return `isolated by ${by}, and no rule allows it${doubts && `, ${doubts}`}`;
  }
  const { rule } = decision;
  // Where its policy is not read, the rule stands for whatever it says, and nobody finds it there.
  if (rule.doubt !== undefined) return `${policyAt(rule.policy, places)} ${MAY_DO[rule.action]}: ${doubts}`;
  return `${ruleAt(rule, places)} ${DOES[rule.action]}${doubts && `, ${doubts}`}`;
}

/** What the nearest rule lacks; undefined where nothing is near, or the end does not deny. */
export function nearestLine({ nearest, direction }: Side, places: Places): string | undefined {
  if (nearest === undefined) return undefined;
  const { rule, lacks } = nearest;
  if (rule === undefined) return `there is no rule for ${direction} about it at all`;
  return `nearest is ${ruleAt(rule, places)}, which ${lacks.map(lackText).join(', and ')}`;
}
