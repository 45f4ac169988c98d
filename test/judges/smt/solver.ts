import { init, type Z3LowLevel } from 'z3-solver';
import type { Found, Question } from './unknowns';

type Context = ReturnType<Z3LowLevel['Z3']['mk_context']>;

/**
 * Z3, with what it was asked before. Its own threads end with `stop`.
 *
 * It is called in this thread and not in one of its own, as its wrapper does: that one frees a text while the other thread
 * still reads it, which long ones do not survive.
 */
export class Solver {
  public static async start(): Promise<Solver> {
    return new Solver(await init());
  }

  /** How many different questions there were; all others had been asked before. */
  public asked = 0;
  private readonly known = new Map<string, Found | undefined>();
  private readonly context: Context;

  private constructor(private readonly z3: Z3LowLevel) {
    const config = z3.Z3.mk_config();
    this.context = z3.Z3.mk_context(config);
    z3.Z3.del_config(config);
  }

  /** What makes each of the formulas true; undefined where nothing does. */
  public find(questions: readonly Question[]): (Found | undefined)[] {
    const fresh = [...new Map(questions.map((each) => [each.text, each])).values()].filter(
      ({ text }) => !this.known.has(text),
    );
    const answers = this.evaluate(fresh.map(({ text }) => checked(text)));
    if (answers.length !== fresh.length) throw new Error(`Z3 said: ${answers.join('\n')}`);
    for (const [i, question] of fresh.entries()) this.known.set(question.text, this.foundFor(question, answers[i]));
    this.asked += fresh.length;
    return questions.map(({ text }) => this.known.get(text));
  }

  public stop(): void {
    this.z3.Z3.del_context(this.context);
    this.z3.em.PThread.terminateAllThreads();
  }

  private foundFor({ text, names, read }: Question, answer: string | undefined): Found | undefined {
    if (answer === 'unsat') return undefined;
    if (answer !== 'sat') throw new Error(`Z3 said: ${answer}`);
    const said = this.evaluate([checked(text, `(get-value (${names.join(' ')}))`)]).join('\n');
    // A list of pairs, of a name and a value without parentheses.
    const values = [...said.matchAll(/\s(true|false|#[xb][0-9a-f]+)\)/g)].map(([, value]) => value as string);
    if (values.length !== names.length) throw new Error(`${names.length} values were asked for, and Z3 said: ${said}`);
    return read(values);
  }

  private evaluate(commands: readonly string[]): string[] {
    if (commands.length === 0) return [];
    const text = ['(reset)', '(set-logic QF_BV)', ...commands].join('\n');
    const said: string = this.z3.em.ccall(
      'Z3_eval_smtlib2_string',
      'string',
      ['number', 'string'],
      [this.context, text],
    );
    return said.trim().split('\n');
  }
}

function checked(text: string, then = ''): string {
  return `(push)\n${text}\n(check-sat)\n${then}\n(pop)`;
}
