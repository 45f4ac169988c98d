import { printable, printableLines } from './printable';

/**
 * What is wrong with an input, in fields. Every wrong value that the library refuses is one of these, so that the same
 * problem reads the same from code, from the command line and in a report.
 */
export interface Problem {
  /** Id of the rule that is broken, in kebab-case: what an acknowledgement names, where the rule can be acknowledged. */
  readonly rule: string;
  /** Construct path, or file with document and line. Absent where the value stands alone (`Cidr.of('…')`). */
  readonly where?: string;
  /** The flow that it concerns, with its reason: `ai-agents/agent -> api.tavily.com TCP/443 ("agents look things up")`. */
  readonly flow?: string;
  /** File and line of the user's code that declared it: `apps/platform.ts:41`. Absent where no stack tells. */
  readonly declaredAt?: string;
  /** What is wrong and why it matters: a sentence without its full stop, with the value in it. */
  readonly what: string;
  /** The value as it was given, where there is one. */
  readonly value?: string;
  /** What is allowed instead: a phrase that completes "Allowed: …". */
  readonly allowed?: string;
  /** What to do: an imperative sentence; may be followed by a line of code to write. */
  readonly fix?: string;
}

/** What ends by asking back: `There is no system 'vlm'; did you mean 'vllm'`. */
const QUESTION = /; did you mean [^;]*$/;

/** The problem as a person reads it: where, what, the flow and its line, what is allowed, what to do. */
export function problemText(problem: Problem): string {
  const { where, what, flow, declaredAt, allowed, fix } = printableProblem(problem);
  return [
    `${where === undefined ? '' : `${where}: `}${what}${QUESTION.test(what) ? '?' : '.'}`,
    ...flowLine(flow, declaredAt),
    ...(allowed === undefined ? [] : [`Allowed: ${allowed}.`]),
    ...(fix === undefined ? [] : [fix]),
  ].join('\n');
}

function flowLine(flow: string | undefined, declaredAt: string | undefined): string[] {
  if (flow === undefined) return declaredAt === undefined ? [] : [`  declared at ${declaredAt}`];
  return [`  ${withLine(flow, declaredAt)}`];
}

/** A flow in words, with the line that declared it: that joins the reason in its brackets. */
export function withLine(flow: string, declaredAt: string | undefined): string {
  if (declaredAt === undefined) return flow;
  return flow.endsWith('")') ? `${flow.slice(0, -1)}, ${declaredAt})` : `${flow} (${declaredAt})`;
}

/** The problem without a character that a terminal would obey, wherever its words come from. A fix may have lines. */
export function printableProblem<P extends Problem>(problem: P): P {
  const { where, what, flow, declaredAt, allowed, fix } = problem;
  return {
    ...problem,
    what: printable(what),
    ...(flow !== undefined && { flow: printable(flow) }),
    ...(declaredAt !== undefined && { declaredAt: printable(declaredAt) }),
    ...(where !== undefined && { where: printable(where) }),
    ...(allowed !== undefined && { allowed: printable(allowed) }),
    ...(fix !== undefined && { fix: printableLines(fix) }),
  };
}

/** More problems than this are not read by anybody: the message has their number, and `problems` has them. */
const MOST_SHOWN = 50;

function messageOf(problems: readonly Problem[]): string {
  const shown = problems.slice(0, MOST_SHOWN).map(problemText);
  const more = problems.length - shown.length;
  return [...shown, ...(more > 0 ? [`There are ${more} more problems.`] : [])].join('\n\n');
}

/** Thrown for input that is refused. Carries every problem that was found, not only the first. */
export class ZeroTrustError extends Error {
  public readonly problems: readonly Problem[];

  /** @param given problems, or lists of them. */
  constructor(...given: readonly (Problem | readonly Problem[])[]) {
    const problems = given.flat();
    super(messageOf(problems));
    this.name = 'ZeroTrustError';
    this.problems = problems;
  }

  /** The same error with its place filled in, for values that were made before their place was known. */
  public at(where: string): ZeroTrustError {
    return new ZeroTrustError(this.problems.map((problem) => ({ where, ...problem })));
  }

  /** The same error with the flow that it concerns, unless its problems say one. */
  public about(flow: Pick<Problem, 'flow' | 'declaredAt'>): ZeroTrustError {
    return new ZeroTrustError(this.problems.map((problem) => ({ ...flow, ...problem })));
  }
}
