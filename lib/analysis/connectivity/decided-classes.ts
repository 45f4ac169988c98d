import type { ClassSets, SetId } from './class-sets';
import type { Stage } from './decided-profiles';
import { type Decisions, type StateId, UNDECIDED } from './decisions';
import type { WithClasses } from './matches';
import type { PeerGroups } from './peer-groups';
import type { PodClass } from './pod-classes';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

const UNTOUCHED = -1;

/**
 * What stages decide about one subject and every class at the other end. Wide sets are followed for groups of classes,
 * and a class by itself only once a narrow set has it.
 */
export class DecidedClasses {
  readonly #states: Int32Array;
  readonly #groupStates: Int32Array;
  #touched: number[] = [];

  constructor(
    private readonly classes: readonly PodClass[],
    private readonly groups: PeerGroups,
    private readonly sets: ClassSets,
    private readonly verdicts: Verdicts,
    private readonly decisions: Decisions,
  ) {
    this.#states = new Int32Array(classes.length).fill(UNTOUCHED);
    this.#groupStates = new Int32Array(groups.groups.length);
  }

  /** What passes in the end: each class is in at most one of the sets. */
  admissions(stages: readonly Stage[]): readonly WithClasses[] {
    this.#groupStates.fill(UNDECIDED);
    for (const { rules, denies } of stages) {
      for (const { action, matches } of rules) {
        for (const { set, verdict } of matches.classes) {
          this.#take(set, (state, id) =>
            this.decisions.after(state, this.decisions.step(action, this.#of(verdict, id))),
          );
        }
      }
      this.#endLayer(denies);
    }
    const admissions = this.#collect();
    for (const id of this.#touched) this.#states[id] = UNTOUCHED;
    this.#touched = [];
    return admissions;
  }

  /** Names of ports as the class at the other end has them. */
  #of(verdict: VerdictId, id: number): VerdictId {
    return this.verdicts.resolve(verdict, this.classes[id].portsKey, this.classes[id].ports);
  }

  #take(set: SetId, next: (state: StateId, id: number) => StateId): void {
    const { ofClass, groups, ofSet } = this.groups;
    const wide = ofSet.get(set);
    if (wide === undefined) {
      for (const id of this.sets.members(set)) {
        if (this.#states[id] === UNTOUCHED) {
          this.#states[id] = this.#groupStates[ofClass[id]];
          this.#touched.push(id);
        }
        this.#states[id] = next(this.#states[id], id);
      }
      return;
    }
    for (const group of wide) this.#groupStates[group] = next(this.#groupStates[group], groups[group][0]);
    for (const id of this.#touched) if (wide.has(ofClass[id])) this.#states[id] = next(this.#states[id], id);
  }

  #endLayer(denies: boolean): void {
    const states = this.#groupStates;
    for (let group = 0; group < states.length; group++)
      states[group] = this.decisions.afterLayer(states[group], denies);
    for (const id of this.#touched) this.#states[id] = this.decisions.afterLayer(this.#states[id], denies);
  }

  #collect(): WithClasses[] {
    const byVerdict = new Map<VerdictId, number[]>();
    const add = (id: number, verdict: VerdictId) => {
      if (verdict !== NOTHING && !byVerdict.get(verdict)?.push(id)) byVerdict.set(verdict, [id]);
    };
    this.groups.groups.forEach((members, group) => {
      const verdict = this.decisions.verdict(this.#groupStates[group]);
      if (verdict === NOTHING) return;
      for (const id of members) if (this.#states[id] === UNTOUCHED) add(id, verdict);
    });
    for (const id of this.#touched) add(id, this.decisions.verdict(this.#states[id]));
    return Array.from(byVerdict, ([verdict, members]) => ({
      set: this.sets.ofClasses(members.sort((a, b) => a - b)),
      verdict,
    }));
  }
}
