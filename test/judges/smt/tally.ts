import type { Case } from './cases';
import { disagreements, judge, notComparable, type TheirVerdict, withEachBlockByItself } from './comparison';
import type { Solver } from './solver';
import type { OurVerdict } from './verdict';
import type { World } from './world';

/** How many sets of manifests were judged by both, and what came of it. */
export class Tally {
  public sets = 0;
  public damaged = 0;
  public proved = 0;
  public refuted = 0;
  /** Witnesses of Z3 that the evaluators of single connections bear out. */
  public witnesses = 0;
  /** Sets of which we find more wrong than there is, because each block is taken by itself; and nothing is wrong at all. */
  public byBounds = 0;
  public falseAlarms = 0;
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
    const found = disagreements(this.bounded(ours, theirs, world, solver), theirs);
    this.disagreements.push(...found.map((what) => `${rendered.name}, ${damage ?? 'as it is'}: ${what}`));
    return ours;
  }

  /** Our verdict without what is so only if each block decides by itself whether it matches pods. */
  private bounded(ours: OurVerdict, theirs: TheirVerdict, world: World, solver: Solver): OurVerdict {
    const more = ours.broken.filter((each) => !theirs.broken.includes(each));
    if (more.length === 0 || world.facts.mode !== 'may') return ours;
    const coarse = judge(withEachBlockByItself(world), solver).broken;
    if (!more.every((each) => coarse.includes(each))) return ours;
    this.byBounds++;
    if (theirs.broken.length === 0) this.falseAlarms++;
    return { ...ours, broken: theirs.broken };
  }

  private setApart(why: readonly string[]): undefined {
    const reason = why.join(', ');
    this.apart.set(reason, (this.apart.get(reason) ?? 0) + 1);
  }
}
