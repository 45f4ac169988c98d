import { type Answer, answerOf, isBlocked } from './answer';
import type { Leg, Phase, Prober } from './plan';

/** What one Job said, or why it said nothing. */
export interface ProbeRun {
  readonly prober: string;
  readonly phase: Phase;
  /** Its log. */
  readonly log?: string;
  /** Why there is no log, or why it is not whole. */
  readonly fault?: string;
}

/** `held`: as declared. `broken`: otherwise than declared. `untested`: nothing was shown, which is no success. */
export type VerdictWord = 'held' | 'broken' | 'untested';

export interface Verdict {
  readonly leg: Leg;
  readonly word: VerdictWord;
  readonly why: string;
  /** Every answer that counts, in the order of the tries. */
  readonly answers: readonly Answer[];
}

/** How many tries of a leg there must be in a phase, for what they say to be more than chance. */
export const ROUNDS = 3;

/** Of a plan, what its verdicts depend on. */
export interface Judged {
  readonly legs: readonly Leg[];
  readonly probers: readonly Pick<Prober, 'id' | 'resolves'>[];
}

/**
 * What the runs show of every leg. A denial counts only where an allow leg got through to the same destination before it
 * and after it, and where the prober itself was seen to be on the network; an opening counts always.
 */
export function verdicts(plan: Judged, runs: readonly ProbeRun[]): Verdict[] {
  const seen = new Seen(runs);
  const allowed = new Map(
    plan.legs.filter(({ expected }) => expected === 'allow').map((leg) => [leg.id, ofAllow(leg, seen)]),
  );
  const resolving = new Set(plan.probers.filter(({ resolves }) => resolves).map(({ id }) => id));
  return plan.legs.map((leg) => allowed.get(leg.id) ?? ofDeny(leg, seen, resolving.has(leg.prober), allowed));
}

/** The worst of all; a test that tried nothing shows nothing. */
export function worst(all: readonly Pick<Verdict, 'word'>[]): VerdictWord {
  if (all.some(({ word }) => word === 'broken')) return 'broken';
  return all.length === 0 || all.some(({ word }) => word === 'untested') ? 'untested' : 'held';
}

function ofAllow(leg: Leg, seen: Seen): Verdict {
  const [before, after] = [seen.answers(leg, 'before'), seen.answers(leg, 'after')];
  const answers = [...before, ...after];
  const said = (word: VerdictWord, why: string): Verdict => ({ leg, word, why, answers });
  const silent = (['before', 'after'] as const).find((phase) => seen.answers(leg, phase).length < ROUNDS);
  if (answers.length > 0 && answers.every(isBlocked)) {
    return leg.because === undefined
      ? said('untested', `not even a pod without policies got through (${counted(answers)}), so that there may be none`)
      : said('broken', `it is declared, and was stopped (${counted(answers)})`);
  }
  if (silent !== undefined) return said('untested', seen.fault(leg, silent));
  if (answers.every((answer) => answer === 'open')) return said('held', 'it got through every time');
  if (answers.includes('unresolved')) return said('untested', UNRESOLVED);
  if (answers.includes('broken')) return said('untested', BROKEN);
  return said('untested', `it got through only some of the time (${counted(answers)})`);
}

function ofDeny(leg: Leg, seen: Seen, isResolving: boolean, allowed: ReadonlyMap<string, Verdict>): Verdict {
  const answers = seen.answers(leg, 'between');
  const said = (word: VerdictWord, why: string): Verdict => ({ leg, word, why, answers });
  if (answers.includes('open')) {
    return said('broken', `nothing declares it, and it got through (${counted(answers)})`);
  }
  if (answers.length < ROUNDS) return said('untested', seen.fault(leg, 'between'));
  if (answers.includes('unresolved')) return said('untested', UNRESOLVED);
  if (answers.includes('broken')) return said('untested', BROKEN);
  if (isResolving && !seen.isOnNetwork(leg)) {
    return said('untested', 'its prober resolved no name, so that it may have had no network at all');
  }
  const beside = leg.beside.flatMap((id) => allowed.get(id) ?? []);
  if (beside.some(({ word }) => word === 'held'))
    return said('held', `it was stopped every time (${counted(answers)})`);
  return said(
    'untested',
    beside.length === 0
      ? `nobody is known to reach ${leg.destination.name}, so that a failure shows nothing`
      : `it was stopped, and so was who may reach ${leg.destination.name}: ${beside[0].why}`,
  );
}

const UNRESOLVED = 'a name did not resolve, which says nothing of the connection';
const BROKEN = 'a try failed in a way that says nothing of the connection';

/** `3 timed out, 1 refused` */
function counted(answers: readonly Answer[]): string {
  const words: Readonly<Record<Answer, string>> = {
    open: 'got through',
    refused: 'refused',
    timeout: 'timed out',
    unreachable: 'unreachable',
    unresolved: 'unresolved',
    broken: 'failed otherwise',
  };
  return (Object.keys(words) as Answer[])
    .map((word) => ({ word, count: answers.filter((answer) => answer === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${words[word]}`)
    .join(', ');
}

/** The lines of all logs. */
class Seen {
  private readonly runs: ReadonlyMap<string, ProbeRun>;

  constructor(runs: readonly ProbeRun[]) {
    this.runs = new Map(runs.map((run) => [`${run.prober} ${run.phase}`, run]));
  }

  answers(leg: Leg, phase: Phase): Answer[] {
    return linesOf(this.of(leg, phase)).flatMap((line) => {
      const [, id, said] = /^probe \d+ (\S+) (.+)$/.exec(line) ?? [];
      return id === leg.id ? [answerOf(said)] : [];
    });
  }

  isOnNetwork(leg: Leg): boolean {
    return linesOf(this.of(leg, 'between')).includes('resolved');
  }

  fault(leg: Leg, phase: Phase): string {
    return this.of(leg, phase)?.fault ?? `its Job (${phase}) gave fewer than ${ROUNDS} answers`;
  }

  private of({ prober }: Leg, phase: Phase): ProbeRun | undefined {
    return this.runs.get(`${prober} ${phase}`);
  }
}

function linesOf(run: ProbeRun | undefined): string[] {
  return (run?.log ?? '').split(/\r?\n/);
}
