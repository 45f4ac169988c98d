import { type Answer, telling } from '../asking/answer';
import { explanationOf } from '../asking/pairs';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { requestText } from '../model/request-match';
import { sentText } from '../model/sent';
import { oneLineReason } from './one-line-reason';
import type { Places } from './places';

/** What the JSON of an answer says that it is. */
export const ANSWER_SCHEMA = 'cdk8s-zero-trust/answer/v1';

/** The answer for programs: the verdict, and each pair of workloads with what surely and what perhaps passes. */
export function answerJson(answer: Answer, places: Places): string {
  const { verdict, answers, asked, question } = answer;
  const value = {
    schema: ANSWER_SCHEMA,
    from: question.from.name,
    to: question.to.name,
    ports: question.ports && ports.portsText(question.ports),
    requests: question.requests?.map(requestText),
    verdict,
    hints: answer.hints.length > 0 ? answer.hints : undefined,
    assumed: answer.assumed.length > 0 ? answer.assumed : undefined,
    pairs: answers.map((each) => {
      const { from, to, situation } = each.pair;
      const explanation = explanationOf(each.pair, telling(each, answer), asked);
      return {
        from,
        to: situation.host?.name ?? to,
        request: situation.sent && sentText(situation.sent),
        verdict: each.verdict,
        surely: textOf(each.surely),
        perhaps: textOf(each.perhaps),
        why: explanation && oneLineReason(explanation, places),
      };
    }),
  };
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function textOf(set: PortSet): string | undefined {
  return ports.isEmpty(set) ? undefined : ports.portsText(set);
}
