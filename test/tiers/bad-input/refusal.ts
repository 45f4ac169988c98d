import { type Problem, ZeroTrustError } from '../../../lib/model/problem';

/** One wrong value: what is made of it, and the fields of the problem that it is. */
export interface BadInput {
  readonly rule: string;
  readonly make: () => unknown;
  readonly value?: string | RegExp;
  /** Construct path; absent for values that are made before they have a place. */
  readonly where?: string;
  /** Nothing else is said: what follows from the problem, or is the same with other words, is left out. */
  readonly alone?: boolean;
  /** In the sentence: what is wrong and why it matters. */
  readonly says: RegExp;
}

export type BadInputs = Readonly<Record<string, BadInput>>;

/** The problem of this rule, with the whole text that a user reads. */
export function refusalOf({
  make,
  rule,
}: Pick<BadInput, 'make' | 'rule'>): Problem & { readonly message: string; readonly among: number } {
  try {
    make();
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    const found = error.problems.find((problem) => problem.rule === rule);
    if (found !== undefined) return { ...found, message: error.message, among: error.problems.length };
    throw new Error(`refused for ${error.problems.map((problem) => problem.rule).join()}: ${error.message}`);
  }
  throw new Error('it was not refused');
}
