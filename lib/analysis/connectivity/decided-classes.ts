import { into } from '../../model/into';
import { type ClassSets, EVERY_CLASS, type SetId } from './class-sets';
import { type Decisions, type StateId, type StepId, UNDECIDED } from './decisions';
import type { WithClasses } from './matches';
import type { PeerGroups } from './peer-groups';
import type { PodClass } from './pod-classes';
import type { Stage } from './stages';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/**
 * What stages decide about one subject and every class at the other end. Sets that many are about are followed for groups
 * of classes, and a class by itself only once another set has it.
 */
export class DecidedClasses {
  /** Of those that no set but that of every class has had so far. */
  #rest: StateId = UNDECIDED;
  readonly #ofGroups: States;
  readonly #ofClasses: States;
  readonly #setsOfGroups = new Map<string, SetId>();

  constructor(
    private readonly classes: readonly PodClass[],
    private readonly groups: PeerGroups,
    private readonly sets: ClassSets,
    private readonly verdicts: Verdicts,
    private readonly decisions: Decisions,
  ) {
    this.#ofGroups = new States(groups.groups.length);
    this.#ofClasses = new States(classes.length);
  }

  /** What passes in the end: the union of these. */
  admissions(stages: readonly Stage[]): readonly WithClasses[] {
    return this.#allowedAlone(stages) ?? this.#decided(stages);
  }

  /** Where the first that has a say allows and denies the rest, what is allowed need not be followed to each class. */
  #allowedAlone(stages: readonly Stage[]): readonly WithClasses[] | undefined {
    const speaking = stages.filter(({ rules, denies }) => denies !== 'no' || rules.some(isAboutClasses));
    if (speaking.length === 0) return [{ set: EVERY_CLASS, verdict: this.verdicts.everything }];
    const [{ rules, denies }] = speaking;
    const about = rules.filter(isAboutClasses);
    if (denies !== 'surely' || about.some(({ action }) => action !== 'allow')) return undefined;
    const bySet = new Map<SetId, VerdictId>();
    for (const { matches } of about) {
      for (const { set, verdict } of matches.classes) {
        bySet.set(set, this.verdicts.union(bySet.get(set) ?? NOTHING, verdict));
      }
    }
    return Array.from(bySet, ([set, verdict]) => ({ set, verdict }));
  }

  #decided(stages: readonly Stage[]): readonly WithClasses[] {
    this.#rest = UNDECIDED;
    for (const { rules, denies } of stages) {
      for (const { action, matches } of rules) {
        for (const { set, verdict } of matches.classes) {
          if (this.verdicts.hasNames(verdict)) {
            this.#takeEach(set, (id) => this.decisions.step(action, this.#resolved(verdict, id)));
          } else {
            this.#take(set, this.decisions.step(action, verdict));
          }
        }
      }
      this.#change((state) => this.decisions.afterLayer(state, denies));
    }
    const admissions = this.#collect();
    this.#ofGroups.clear();
    this.#ofClasses.clear();
    return admissions;
  }

  /** Names of ports as the class at the other end has them. */
  #resolved(verdict: VerdictId, id: number): VerdictId {
    return this.verdicts.resolve(verdict, this.classes[id]);
  }

  #take(set: SetId, step: StepId): void {
    if (set === EVERY_CLASS) this.#change((state) => this.decisions.after(state, step));
    else this.#takeEach(set, () => step);
  }

  /** `stepOf` is asked about a class of each group, or about a class by itself. */
  #takeEach(set: SetId, stepOf: (id: number) => StepId): void {
    const { ofClass, groups, ofSet } = this.groups;
    const shared = ofSet.get(set);
    const next = (state: StateId, id: number) => this.decisions.after(state, stepOf(id));
    if (shared === undefined) {
      for (const id of this.sets.members(set)) {
        const before = this.#ofClasses.get(id) ?? this.#ofGroups.get(ofClass[id]) ?? this.#rest;
        this.#ofClasses.set(id, next(before, id));
      }
      return;
    }
    for (const group of shared) {
      this.#ofGroups.set(group, next(this.#ofGroups.get(group) ?? this.#rest, groups[group][0]));
    }
    this.#ofClasses.change((state, id) => (shared.has(ofClass[id]) ? next(state, id) : state));
  }

  #change(change: (state: StateId) => StateId): void {
    this.#rest = change(this.#rest);
    this.#ofGroups.change(change);
    this.#ofClasses.change(change);
  }

  /**
   * A group passes as a whole where each class that was followed by itself has at least what the group has; otherwise its
   * classes are listed, so that the union is right.
   */
  #collect(): WithClasses[] {
    const whole = new Map<VerdictId, number[]>();
    const single = new Map<VerdictId, number[]>();
    const add = (byVerdict: Map<VerdictId, number[]>, id: number, verdict: VerdictId) => {
      if (verdict !== NOTHING) into(byVerdict, verdict, id);
    };
    const { groups } = this.groups;
    const broken = this.#brokenGroups();
    for (const group of this.#passingGroups()) {
      const verdict = this.#verdictOfGroup(group);
      if (!broken.has(group)) add(whole, group, verdict);
      else for (const id of groups[group]) if (this.#ofClasses.get(id) === undefined) add(single, id, verdict);
    }
    for (const id of this.#ofClasses.touched) add(single, id, this.#verdictOfClass(id));
    return [
      ...Array.from(whole, ([verdict, ids]) => ({ set: this.#setOfGroups(ids), verdict })),
      ...Array.from(single, ([verdict, ids]) => ({ set: this.sets.ofClasses(ids.sort(rising)), verdict })),
    ];
  }

  #passingGroups(): readonly number[] {
    const restPasses = this.decisions.verdict(this.#rest) !== NOTHING;
    return restPasses ? [...this.groups.groups.keys()] : [...this.#ofGroups.touched].sort(rising);
  }

  #brokenGroups(): ReadonlySet<number> {
    const broken = new Set<number>();
    for (const id of this.#ofClasses.touched) {
      const group = this.groups.ofClass[id];
      const own = this.#verdictOfClass(id);
      if (this.verdicts.union(this.#verdictOfGroup(group), own) !== own) broken.add(group);
    }
    return broken;
  }

  #verdictOfGroup(group: number): VerdictId {
    return this.decisions.verdict(this.#ofGroups.get(group) ?? this.#rest);
  }

  #verdictOfClass(id: number): VerdictId {
    return this.decisions.verdict(this.#ofClasses.get(id) ?? this.#rest);
  }

  #setOfGroups(ids: readonly number[]): SetId {
    const { groups } = this.groups;
    if (ids.length === groups.length) return EVERY_CLASS;
    const key = ids.join();
    const known =
      this.#setsOfGroups.get(key) ?? this.sets.ofClasses(ids.flatMap((group) => groups[group]).sort(rising));
    this.#setsOfGroups.set(key, known);
    return known;
  }
}

function rising(a: number, b: number): number {
  return a - b;
}

function isAboutClasses({ matches }: Stage['rules'][number]): boolean {
  return matches.classes.length > 0;
}

const UNTOUCHED = -1;

/** States of a few among many, in memory that is used again. */
class States {
  readonly #states: Int32Array;
  #touched: number[] = [];

  constructor(count: number) {
    this.#states = new Int32Array(count).fill(UNTOUCHED);
  }

  get touched(): readonly number[] {
    return this.#touched;
  }

  get(id: number): StateId | undefined {
    return this.#states[id] === UNTOUCHED ? undefined : this.#states[id];
  }

  set(id: number, state: StateId): void {
    if (this.#states[id] === UNTOUCHED) this.#touched.push(id);
    this.#states[id] = state;
  }

  change(change: (state: StateId, id: number) => StateId): void {
    for (const id of this.#touched) this.#states[id] = change(this.#states[id], id);
  }

  clear(): void {
    for (const id of this.#touched) this.#states[id] = UNTOUCHED;
    this.#touched = [];
  }
}
