import type { IConstruct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import { beQuiet } from '../deployment/findings-printed';
import { type FoundProblem, findingsJson, findingsText, inOrder } from '../findings/finding';
import { givenConstruct } from '../graph/given-construct';

/** Something in an app that is wrong, or allowed and probably not what is meant. */
export interface Finding {
  /** Id of the rule that found it: what an acknowledgement names. */
  readonly rule: string;

  /** `error` stops a synthesis, `warning` is printed by it, `note` is for who asks. */
  readonly level: string;

  /**
   * Path of the construct.
   *
   * @default - it is about the app as a whole
   */
  readonly where?: string;

  /**
   * The flow or the workload concerned, in words.
   *
   * @default - the construct itself
   */
  readonly about?: string;

  /**
   * File and line of the code that declared the flow: `apps/platform.ts:41`.
   *
   * @default - it is about no flow, or no stack tells
   */
  readonly declaredAt?: string;

  /** What is wrong: a sentence without its full stop. */
  readonly what: string;

  /**
   * Why it matters.
   *
   * @default - `what` says it
   */
  readonly why?: string;

  /**
   * The value that it is about.
   *
   * @default - there is none
   */
  readonly value?: string;

  /**
   * What is expected instead.
   *
   * @default - `fix` says it
   */
  readonly allowed?: string;

  /**
   * What to do about it.
   *
   * @default - `allowed` says it
   */
  readonly fix?: string;
}

/**
 * What the rules find in an app: what is refused, and where nothing is, what is allowed and probably not meant. Nothing that
 * is rendered depends on it. A synthesis prints its warnings on standard error once, and not under jest; the environment
 * variable `CDK8S_ZERO_TRUST_FINDINGS` says otherwise (`quiet`, `print`).
 *
 * @example
 * console.log(ZeroTrustFindings.of(app).toText());
 */
export class ZeroTrustFindings {
  /**
   * Finds what there is in the app of a scope.
   *
   * @param scope any construct of the app.
   * @throws for what is no construct.
   */
  public static of(scope: IConstruct): ZeroTrustFindings {
    return new ZeroTrustFindings(Deployment.of(givenConstruct(scope, 'scope')).findings());
  }

  /**
   * Keeps the syntheses of an app from printing what they find. Errors still stop them.
   *
   * @param scope any construct of the app.
   * @throws for what is no construct.
   */
  public static quiet(scope: IConstruct): void {
    beQuiet(givenConstruct(scope, 'scope'));
  }

  /** Errors first, then warnings, then notes; by place within these. */
  public readonly findings: Finding[];

  readonly #found: readonly FoundProblem[];

  private constructor(found: unknown) {
    this.#found = inOrder(found as readonly FoundProblem[]);
    this.findings = this.#found.map((one) => ({ ...one }));
  }

  /** All findings for people, with a blank line between; empty where there are none. */
  public toText(): string {
    return findingsText(this.#found);
  }

  /** All findings for programs, as `findings.json` has them. */
  public toJson(): string {
    return findingsJson(this.#found);
  }
}
