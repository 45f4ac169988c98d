import type { Plane, Rule } from '../../model/layer';
import type { Problem } from '../../model/problem';
import type { Box } from '../space/box';
import type { Cell, Connection } from '../space/cell';
import { doubtAbout } from '../space/doubt';
import type { Region } from '../space/effective-relation';
import { type Finding, type Ground, uncovered } from '../space/search';
import { unadmitted } from '../space/unadmitted';
import type { Witness } from '../witness';

/** Why a proof is none although no witness was found. */
export interface NotProved {
  /**
   * `vacuous`: there is nothing of which something could be proved; `unsupported`: the manifests or the graph hold a
   * kind that the proof does not know; `budget`: a search was given up; `opaque`: it depends on a pattern that somebody
   * wrote in a way that is not understood; `undefined`: the policies together leave open how the engine decides; `unread`:
   * it depends on a policy that is not read whole.
   */
  readonly reason: 'vacuous' | 'unsupported' | 'budget' | 'opaque' | 'undefined' | 'unread';
  readonly what: string;
  /** What would show that the statement is broken, if it were certain. */
  readonly witness?: Witness;
  /** What the plane, or the policy, says of itself. */
  readonly problem?: Problem;
}

/** After so many searches that were given up, the others are not begun: the answer is known, and each takes its time. */
const ENOUGH_UNDECIDED = 5;

/** One run of the proof: what it asks, what it found, and how much it looked at. */
export class Inquiry {
  public readonly witnesses: Witness[] = [];
  public readonly notProved: NotProved[] = [];
  /** Questions asked, whether they took a search or were answered at once. */
  public cells = 0;
  private undecided = 0;
  private readonly doubts = new Set<Problem>();
  /** The plane as far as it is read: without the rules that stand for what is not. */
  public readonly planeAsRead: Plane;

  constructor(
    public readonly plane: Plane,
    public readonly ground: Ground,
  ) {
    this.planeAsRead = withoutDoubts(plane);
  }

  /** A connection of the box that none of the others has, where there is one. */
  public outside(box: Box, others: readonly Box[], question: () => string): Cell | undefined {
    return this.settle(() => uncovered(box, others, this.ground), question);
  }

  /** A connection of the box that none of the regions has, where there is one. */
  public outsideRegions(box: Box, regions: readonly Region[], question: () => string): Cell | undefined {
    return this.settle(() => unadmitted(box, regions, this.ground), question);
  }

  /**
   * Takes a witness whose claim a plain evaluation of the manifests bears out. Where it depends on what is not understood,
   * it shows nothing but that the question is open.
   *
   * @param isSo whether a connection breaks the statement, by plain evaluation
   * @param by what decides it: where that is not read, the policy says why, once for all of its witnesses
   * @throws Error if it does not: then search and evaluation disagree, and neither can be believed
   */
  public report(witness: Witness, isSo: (connection: Connection) => boolean, by?: Pick<Rule, 'doubt'>): void {
    if (!isSo(witness.connection)) {
      throw new Error(
        `Internal error in the proof: a witness was not confirmed by evaluating it: ${JSON.stringify(witness, withBigInts)}`,
      );
    }
    if (by?.doubt !== undefined) {
      this.cannotTell(by.doubt, witness);
      return;
    }
    const doubt = doubtAbout(witness.connection, isSo, this.ground.words);
    if (doubt === undefined) this.witnesses.push(witness);
    else this.notProved.push({ reason: 'opaque', what: doubt, witness });
  }

  private settle(search: () => Finding, question: () => string): Cell | undefined {
    if (this.undecided >= ENOUGH_UNDECIDED) {
      if (this.undecided++ === ENOUGH_UNDECIDED) this.giveUp('further questions were not searched after these');
      return undefined;
    }
    const finding = search();
    if (finding.kind === 'found') return finding.cell;
    if (finding.kind === 'undecided') {
      this.undecided++;
      this.giveUp(`${question()}: undecided within ${this.ground.budget} steps`);
    }
    return undefined;
  }

  /** Whether it was reported that the proof depends on what this policy says. */
  public dependsOn(doubt: Problem): boolean {
    return this.doubts.has(doubt);
  }

  private cannotTell(problem: Problem, witness: Witness): void {
    if (this.doubts.has(problem)) return;
    this.doubts.add(problem);
    this.notProved.push({ reason: 'unread', what: problem.what, problem, witness });
  }

  private giveUp(what: string): void {
    this.notProved.push({ reason: 'budget', what });
  }
}

function withoutDoubts(plane: Plane): Plane {
  const isRead = ({ doubt }: Pick<Rule, 'doubt'>) => doubt === undefined;
  if (plane.layers.every(({ rules, isolations }) => rules.every(isRead) && isolations.every(isRead))) return plane;
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules.filter(isRead),
    isolations: layer.isolations.filter(isRead),
  }));
  return { ...plane, layers };
}

function withBigInts(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
