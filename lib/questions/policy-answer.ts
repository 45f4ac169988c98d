import { ZeroTrustError } from '../model/problem';

/** How sure an answer is. */
export enum PolicyVerdict {
  /** It surely holds. */
  YES = 'yes',
  /** It does not hold. */
  NO = 'no',
  /** It depends on what is not known; the explanation says on what. */
  PERHAPS = 'perhaps',
}

/**
 * The answer to a question about policies, with why. In a test, `assertHolds()` fails with the explanation; an answer by
 * itself says nothing to `assert`, since in Python every object is true.
 *
 * @example
 * const answer = PolicyQuestions.of(app).allows(gateway, vllm, Port.tcp(8000));
 * console.log(answer.verdict, answer.explanation);
 */
export class PolicyAnswer {
  /** @internal */
  public static _of(question: string, verdict: PolicyVerdict, explanation: string, failure: string): PolicyAnswer {
    return new PolicyAnswer(question, verdict, explanation, failure);
  }

  /** What was asked, in words: `ai-gateway/envoy to ai-inference/vllm on TCP/8000 is allowed`. */
  public readonly question: string;

  /** Whether it holds. */
  public readonly verdict: PolicyVerdict;

  /** Why: which policies isolate each end, which rule allows it, or what the nearest rule lacks; the path, where there is one. */
  public readonly explanation: string;

  /** Whether it surely holds: true for `PolicyVerdict.YES` alone. */
  public readonly holds: boolean;

  readonly #failure: string;

  private constructor(question: string, verdict: PolicyVerdict, explanation: string, failure: string) {
    this.question = question;
    this.verdict = verdict;
    this.explanation = explanation;
    this.holds = verdict === PolicyVerdict.YES;
    this.#failure = failure;
  }

  /**
   * Fails unless it surely holds: what a test calls.
   *
   * @throws with the question and the explanation.
   */
  public assertHolds(): void {
    if (this.holds) return;
    throw new ZeroTrustError({ rule: 'answer', what: this.#failure, fix: this.explanation });
  }

  /** Verdict, question and explanation. */
  public toString(): string {
    return `${this.verdict}: ${this.question}\n\n${this.explanation}`;
  }
}
