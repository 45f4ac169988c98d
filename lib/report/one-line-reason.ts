import type { Explanation, Side } from '../analysis';
import { endText } from '../analysis/explanation/what-is-missing';
import { decisionText } from './explanation-lines';
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
    return perhapsText(
      sides.filter(({ verdict }) => verdict === 'perhaps'),
      places,
    );
  return sides.flatMap((side) => passedText(side, places)).join('; ');
}

/** By what surely denies: policies that are not read may come before it. */
function deniedText({ end, direction, decisions }: Side, places: Places): string {
  const isolation = decisions.find((it) => it.kind === 'isolation' && it.doubts.length === 0);
  if (isolation?.kind === 'isolation') {
    return `${endText(end)} is isolated by ${policyAt(isolation.isolatedBy[0], places)}, and no rule for ${direction} allows it`;
  }
  const denial = decisions.find((it) => it.kind === 'rule' && it.rule.action === 'deny' && it.match === 'surely');
  return denial?.kind === 'rule'
    ? `${ruleAt(denial.rule, places)} denies it`
    : `${direction} of ${endText(end)} is denied`;
}

/** On what each end hangs; once where it is the same at both, as what a policy that is not read says. */
function perhapsText(sides: readonly Side[], places: Places): string {
  const doubtful = sides.map((side) => ({
    about: `${side.direction} of ${endText(side.end)}`,
    on: hangsOn(side, places),
  }));
  const isSame = doubtful.length > 1 && doubtful[0].on !== '' && doubtful.every(({ on }) => on === doubtful[0].on);
  const told = isSame
    ? [{ about: `${doubtful.map(({ about }) => about).join(' and ')} are`, on: doubtful[0].on }]
    : doubtful.map(({ about, on }) => ({ about: `${about} is`, on }));
  return told
    .map(({ about, on }) => `${about} allowed or denied, depending on what is not known here${on && `: ${on}`}`)
    .join('; and ');
}

function hangsOn({ decisions }: Side, places: Places): string {
  const [first, ...others] = decisions.flatMap((it) => doubtfulText(it, places));
  const more = others.length === 0 ? '' : ` (and ${others.length} more: explain has them)`;
  return first === undefined ? '' : `${first}${more}`;
}

function doubtfulText(decision: Side['decisions'][number], places: Places): string[] {
  switch (decision.kind) {
    case 'default':
      return [];
    case 'own-node':
      return ['it passes where the two are on one node'];
    default:
      return decision.doubts.length === 0 ? [] : [decisionText(decision, places)];
  }
}

function passedText({ end, direction, verdict, decisions }: Side, places: Places): string[] {
  if (end.kind !== 'pod') return [];
  if (verdict === 'unbound') return [`no policy binds ${endText(end)}`];
  const allowing = decisions.find((it) => it.kind === 'rule' && it.rule.action === 'allow' && it.match === 'surely');
  if (allowing?.kind === 'rule') return [`${ruleAt(allowing.rule, places)} allows it`];
  return [`no policy isolates ${endText(end)} for ${direction}`];
}
