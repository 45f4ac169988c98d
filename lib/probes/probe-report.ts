import type { ProbePlan, Untested } from './plan';
import { legText } from './plan-text';
import { type Verdict, type VerdictWord, worst } from './verdict';

/** What a run showed, all of it. */
export interface ProbeReport {
  readonly name: string;
  readonly word: VerdictWord;
  readonly verdicts: readonly Verdict[];
  readonly untested: readonly Untested[];
  /** Where connections were held open meanwhile. */
  readonly load?: readonly { readonly name: string; readonly wanted: number; readonly fewest: number }[];
}

/** What is left out of a test is untested as well. */
export function probeReport(plan: ProbePlan, verdicts: readonly Verdict[], load?: ProbeReport['load']): ProbeReport {
  const notHeld = (load ?? [])
    .filter(({ wanted, fewest }) => fewest < wanted)
    .map(({ name, wanted, fewest }) => ({
      what: 'whether denials hold under load',
      why: `${name} held ${fewest} of ${wanted} connections`,
    }));
  const untested = [...plan.untested, ...notHeld];
  const ofLegs = worst(verdicts);
  const word = ofLegs === 'held' && untested.length > 0 ? 'untested' : ofLegs;
  return { name: plan.name, word, verdicts, untested, ...(load && { load }) };
}

export function reportText({ word, verdicts, untested, load = [] }: ProbeReport): string {
  return [
    ...verdicts.map(({ leg, word: each, why }) => `${each.padEnd(9)} ${legText(leg)}\n            ${why}`),
    ...untested.map(({ what, why }) => `untested  ${what}: ${why}`),
    ...load.map(
      ({ name, wanted, fewest }) => `load      ${name}: at least ${fewest} of ${wanted} connections held open`,
    ),
    '',
    `${SUMMARIES[word]} (${countsOf(verdicts)}, ${untested.length} left out)`,
    '',
  ].join('\n');
}

const SUMMARIES: Readonly<Record<VerdictWord, string>> = {
  held: 'Everything that was tried is as declared.',
  broken: 'Something is otherwise than declared.',
  untested: 'Nothing is otherwise than declared, as far as it was tested, and not everything was.',
};

function countsOf(verdicts: readonly Verdict[]): string {
  const words: readonly VerdictWord[] = ['held', 'broken', 'untested'];
  return words.map((word) => `${verdicts.filter((each) => each.word === word).length} ${word}`).join(', ');
}

export function reportJson({ name, word, verdicts, untested, load }: ProbeReport): string {
  const legs = verdicts.map(({ leg, word: verdict, why, answers }) => {
    const { id, expected, who, destination, because } = leg;
    return { id, expected, who, to: destination, ...(because !== undefined && { because }), verdict, why, answers };
  });
  return `${JSON.stringify({ test: name, verdict: word, legs, untested, ...(load && { load }) }, undefined, 2)}\n`;
}
