import { objectText } from '../kinds/manifest';
import type { Rule } from '../model/layer';
import { decidedBy } from '../proof/questions/declared-and-effective';
import type { Connection } from '../proof/space/cell';
import { decide } from '../proof/space/decision';
import { doubtAbout } from '../proof/space/doubt';
import type { Answer, Counterexample, Verdict } from './comparison';
import type { Found } from './difference';
import type { End, Side } from './ends';
import type { CommonGround } from './ground';
import { connectionAt } from './same-namespace';

/** Both sets of policies, as they decide in one case. */
export interface Sides {
  readonly a: Side;
  readonly b: Side;
}

/** Whether a connection breaks the property, by plain evaluation: perhaps (`may`), or surely (`must`). */
export type Breaks = (sides: Sides, connection: Connection, bound: 'may' | 'must') => boolean;

/** After so many searches that were given up, the others are not begun. */
const ENOUGH_GIVEN_UP = 5;

/** One property, asked in every case. */
export class Inquiry {
  constructor(
    private readonly cases: readonly Sides[],
    private readonly breaks: Breaks,
    private readonly common: CommonGround,
  ) {}

  /**
   * It holds where it holds in every case. What breaks it in every case is shown; else it is open, since it depends on the
   * case.
   *
   * @param search what may break it in a case
   */
  public ask(search: (sides: Sides) => Iterable<{ readonly found: Found; readonly end: End }>): Answer {
    const answers: CaseAnswer[] = [];
    for (const sides of this.cases) {
      const answer = this.askIn(sides, search(sides));
      if (answer.kind === 'no' && this.cases.every((each) => this.isSure(each, answer.connection)))
        return { holds: 'no', counterexample: counterexample(sides, answer.connection) };
      answers.push(answer);
    }
    const broken = answers.findIndex(({ kind }) => kind === 'no');
    const shown = answers[broken];
    const example = shown?.kind === 'no' ? counterexample(this.cases[broken], shown.connection) : undefined;
    if (example !== undefined && answers.every(({ kind }) => kind === 'no'))
      return { holds: 'no', counterexample: example };
    const because = [...new Set(answers.flatMap((answer) => (answer.kind === 'undecided' ? answer.because : [])))];
    if (example !== undefined) because.unshift(DEPENDS_ON_BLOCKS);
    if (because.length === 0) return { holds: 'yes' };
    const doubtful = answers.findIndex((answer) => answer.kind === 'undecided' && answer.connection !== undefined);
    const doubt = answers[doubtful];
    const possible =
      example ??
      (doubt?.kind === 'undecided' && doubt.connection !== undefined
        ? counterexample(this.cases[doubtful], doubt.connection)
        : undefined);
    return { holds: 'undecided', because, ...(possible && { counterexample: possible }) };
  }

  private askIn(sides: Sides, all: Iterable<{ readonly found: Found; readonly end: End }>): CaseAnswer {
    const because = new Set<string>();
    let first: Connection | undefined;
    let givenUp = 0;
    for (const { found, end } of all) {
      if (found.kind === 'undecided') {
        because.add(
          `a search for ${end.direction} ${whose(end)} was given up after ${this.common.ground.budget} steps`,
        );
        if (++givenUp >= ENOUGH_GIVEN_UP) break;
        continue;
      }
      const connection = this.confirmed(sides, connectionAt(found.cell, end, this.common.ground, this.common.names));
      if (this.isSure(sides, connection)) return { kind: 'no', connection };
      for (const doubt of this.doubts(sides, connection)) because.add(doubt);
      first ??= connection;
    }
    return because.size === 0
      ? { kind: 'yes' }
      : { kind: 'undecided', because: [...because], ...(first && { connection: first }) };
  }

  /** @throws Error where search and evaluation disagree, so that neither can be believed. */
  private confirmed(sides: Sides, connection: Connection): Connection {
    if (this.breaks(sides, connection, 'may')) return connection;
    throw new Error(
      `Internal error in the comparison: a counterexample was not confirmed by evaluating it: ${JSON.stringify(connection)}`,
    );
  }

  private isSure(sides: Sides, connection: Connection): boolean {
    return this.breaks(sides, connection, 'must') && this.opaqueDoubt(sides, connection) === undefined;
  }

  private opaqueDoubt(sides: Sides, connection: Connection): string | undefined {
    return doubtAbout(connection, (each) => this.breaks(sides, each, 'must'), this.common.ground.words);
  }

  private doubts(sides: Sides, connection: Connection): readonly string[] {
    const rules = [sides.a, sides.b].flatMap(({ plane }) =>
      (['may', 'must'] as const).flatMap((bound) => {
        const { rule, isolations } = decide(plane, connection, bound);
        return [...(rule === undefined ? [] : [rule]), ...isolations];
      }),
    );
    const named = rules.filter(({ isUncertain }) => isUncertain).map(reasonOf);
    if (named.length > 0) return [...new Set(named)];
    return [this.opaqueDoubt(sides, connection) ?? 'which addresses a host name stands for is not known'];
  }
}

type CaseAnswer =
  | { readonly kind: 'yes' }
  | { readonly kind: 'no'; readonly connection: Connection }
  | { readonly kind: 'undecided'; readonly because: readonly string[]; readonly connection?: Connection };

const DEPENDS_ON_BLOCKS = 'it depends on what blocks of addresses match, which the engine leaves open';

function reasonOf({ doubt, policy }: Pick<Rule, 'doubt' | 'policy'>): string {
  return doubt?.what ?? `${objectText(policy)} is not certain`;
}

function whose({ namespace, isNamed }: End): string {
  return isNamed ? `of pods in ${namespace}` : 'of pods in a namespace that no policy names';
}

function counterexample({ a, b }: Sides, connection: Connection): Counterexample {
  return { connection, a: verdictOf(a, connection), b: verdictOf(b, connection) };
}

function verdictOf({ plane }: Side, connection: Connection): Verdict {
  const decision = decide(plane, connection, 'may');
  return { admitted: decision.admitted, decidedBy: decidedBy(decision) };
}
