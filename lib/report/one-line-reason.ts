import type { Explanation, Side } from '../analysis';
import { endText } from '../analysis/explanation/what-is-missing';
import { type Places, policyAt, ruleAt } from './places';

/** Why a connection passes or does not, in one line: what each end says, or the one that stops it. */
export function oneLineReason({ allowed, egress, ingress }: Explanation, places: Places): string {
  const sides = [egress, ingress];
  if (!allowed.may)
    return sides
      .filter(({ verdict }) => verdict === 'denied')
      .map((side) => deniedText(side, places))
      .join('; and ');
  if (!allowed.must)
    return sides
      .filter(({ verdict }) => verdict === 'perhaps')
      .map((side) => perhapsText(side, places))
      .join('; and ');
  return sides.flatMap((side) => passedText(side, places)).join('; ');
}

function deniedText({ end, direction, decisions }: Side, places: Places): string {
  const isolation = decisions.find((it) => it.kind === 'isolation');
  if (isolation !== undefined) {
    return `${endText(end)} is isolated by ${policyAt(isolation.isolatedBy[0], places)}, and no rule for ${direction} allows it`;
  }
  const denial = decisions.find((it) => it.kind === 'rule' && it.rule.action === 'deny');
  return denial?.kind === 'rule'
    ? `${ruleAt(denial.rule, places)} denies it`
    : `${direction} of ${endText(end)} is denied`;
}

function perhapsText({ end, direction, decisions }: Side, places: Places): string {
  const doubtful = decisions.find((it) => it.kind === 'rule' && it.match === 'perhaps');
  const by = doubtful?.kind === 'rule' ? ` by ${ruleAt(doubtful.rule, places)}` : '';
  return `${direction} of ${endText(end)} is allowed or denied${by}, depending on what is not known here`;
}

function passedText({ end, direction, verdict, decisions }: Side, places: Places): string[] {
  if (end.kind !== 'pod') return [];
  if (verdict === 'unbound') return [`no policy binds ${endText(end)}`];
  const allowing = decisions.find((it) => it.kind === 'rule' && it.rule.action === 'allow');
  if (allowing?.kind === 'rule') return [`${ruleAt(allowing.rule, places)} allows it`];
  return [`no policy isolates ${endText(end)} for ${direction}`];
}
