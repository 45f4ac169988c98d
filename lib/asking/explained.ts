import type { Explanation } from '../analysis';
import { type LayerStep, walkthrough } from '../analysis/explanation/walkthrough';
import { type Answer, type PairAnswer, telling } from './answer';
import { isBehindService } from './pair';
import { explanationOf } from './pairs';

/** Why one pair of ends is answered as it is, layer by layer at each end. */
export interface Explained {
  readonly answer: PairAnswer;
  readonly explanation: Explanation;
  readonly egress: readonly LayerStep[];
  readonly ingress: readonly LayerStep[];
  /** How many other pairs have the same verdict. */
  readonly alike: number;
}

/** One pair of each verdict, explained on one port. */
export function explainedOf(answer: Answer): readonly Explained[] {
  return answer.answers.flatMap((each) => {
    const alike = answer.answers.filter(({ verdict, pair }) => verdict === each.verdict && !isBehindService(pair));
    const explanation = alike[0] === each ? explanationOf(each.pair, telling(each, answer), answer.asked) : undefined;
    if (explanation === undefined) return [];
    const { plane } = answer.asked;
    return [
      {
        answer: each,
        explanation,
        egress: walkthrough(explanation.egress, plane),
        ingress: walkthrough(explanation.ingress, plane),
        alike: alike.length - 1,
      },
    ];
  });
}
