import type { Case } from './cases';
import { disagreements, judge, notComparable } from './comparison';
import type { Solver } from './solver';
import type { OurVerdict } from './verdict';

/** How many sets of manifests were judged by both, and what came of it. */
export class Tally {
  public sets = 0;
  public damaged = 0;
  public proved = 0;
  public refuted = 0;
  /** Witnesses of Z3 that the evaluators of single connections bear out. */
  public witnesses = 0;
  /** Why sets were not compared, and how many. */
  public readonly apart = new Map<string, number>();
  public readonly disagreements: string[] = [];

  public add(
    { rendered, files, damage }: Pick<Case, 'rendered' | 'files' | 'damage'>,
    solver: Solver,
  ): OurVerdict | undefined {
    this.sets++;
    if (damage !== undefined) this.damaged++;
    const world = rendered.world(files);
    const unknown = notComparable(world);
    if (unknown.length > 0) return this.setApart(unknown);
    const ours = rendered.prove(files);
    if (ours.outcome === 'apart') return this.setApart(ours.why);
    this[ours.outcome]++;
    const theirs = judge(world, solver);
    this.witnesses += theirs.witnesses.filter(({ isBorneOut }) => isBorneOut).length;
    this.disagreements.push(
      ...disagreements(ours, theirs).map((what) => `${rendered.name}, ${damage ?? 'as it is'}: ${what}`),
    );
    return ours;
  }

  private setApart(why: readonly string[]): undefined {
    const reason = why.join(', ');
    this.apart.set(reason, (this.apart.get(reason) ?? 0) + 1);
  }
}
