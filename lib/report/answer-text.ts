import type { Answer, PairAnswer } from '../asking/answer';
import { telling } from '../asking/answer';
import { elsewhereText, explanationOf } from '../asking/pairs';
import * as ports from '../model/port-set';
import { printable } from '../model/printable';
import { requestText } from '../model/request-match';
import { sentText } from '../model/sent';
import { oneLineReason } from './one-line-reason';
import type { Places } from './places';

/** The verdict in words, as a person reads it first. */
export const VERDICT_WORDS: Readonly<Record<Answer['verdict'], string>> = {
  yes: 'yes',
  no: 'no',
  perhaps: 'perhaps',
  partly: 'partly',
  differs: 'differs',
};

/** The answer as a person reads it: the verdict, what was asked, and a line of reason for each kind of pair. */
export function answerText(
  answer: Answer,
  places: Places,
  painted: (verdict: string) => string = (verdict) => verdict,
): string {
  const { verdict, asked, answers } = answer;
  const [only] = answers;
  const detail =
    answers.length === 1
      ? pairLines(only, answer, places)
      : answers.flatMap((each) => groupLines(each, answer, places));
  const isElsewhere = verdict === 'perhaps' && asked.elsewhere !== undefined;
  const lines = [
    ...detail,
    ...(isElsewhere && asked.elsewhere ? [elsewhereText(asked.elsewhere)] : []),
    ...answer.hints,
    ...answer.assumed,
  ];
  return [
    `${painted(VERDICT_WORDS[verdict])}: ${printable(questionText(answer))}`,
    ...lines.map((line) => `  ${printable(line)}`),
    '',
  ].join('\n');
}

/** `agents/agent to data/weaviate on TCP/8080 with POST /v1/chat/completions`. */
export function questionText({ question: { from, to, ports: set, requests } }: Answer): string {
  const on = set === undefined ? '' : ` on ${ports.portsText(set)}`;
  const inWords = requests === undefined ? '' : ` with ${requests.map(requestText).join(', ')}`;
  return `${from.name} to ${to.name}${on}${inWords}`;
}

/** The first of each verdict and reason, with how many others have it. */
function groupLines(each: PairAnswer, answer: Answer, places: Places): string[] {
  const alike = answer.answers.filter((other) => other.verdict === each.verdict);
  if (alike[0] !== each) return [];
  const lines = pairLines(each, answer, places);
  const others = alike.length - 1;
  const more = others === 0 ? '' : ` (and ${others} more)`;
  return [`${VERDICT_WORDS[each.verdict]}: ${pairText(each)}${more}`, ...lines.map((line) => `  ${line}`)];
}

export function pairText({ pair: { from, to, situation } }: PairAnswer): string {
  const with_ = situation.sent === undefined ? '' : ` with ${sentText(situation.sent)}`;
  return `${from} to ${situation.host?.name ?? to}${with_}`;
}

function pairLines(each: PairAnswer, answer: Answer, places: Places): string[] {
  const isAboutPorts = answer.question.ports !== undefined;
  const explanation = explanationOf(each.pair, telling(each, answer), answer.asked);
  return [
    ...(isAboutPorts && each.verdict !== 'partly' ? [] : passingLines(each)),
    ...(explanation === undefined ? [] : [oneLineReason(explanation, places)]),
  ];
}

function passingLines({ surely, perhaps }: PairAnswer): string[] {
  return [
    ...(ports.isEmpty(surely) ? [] : [`passes on ${ports.portsText(surely)}`]),
    ...(ports.isEmpty(perhaps) ? [] : [`passes perhaps on ${ports.portsText(perhaps)}`]),
  ];
}
