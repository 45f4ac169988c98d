import type { DeclaredPort, PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';

/** Traffic that surely passes, and traffic that may: `may` has all of `must`. */
export interface Verdict {
  readonly must: PortSet;
  readonly may: PortSet;
}

/** A verdict by number, so that equal ones are one, and what was worked out once is looked up. */
export type VerdictId = number;

/** Nothing passes. */
export const NOTHING: VerdictId = 0;

// Two numbers below this in one that a double holds exactly.
const PAIR = 2 ** 26;

/** Verdicts by number, with what happens when two of them meet. */
export class Verdicts {
  readonly #portSets: PortSet[] = [];
  readonly #portIds = new Map<string, number>();
  readonly #idsOfSets = new Map<PortSet, number>();
  readonly #musts: number[] = [];
  readonly #mays: number[] = [];
  /** Whether a verdict has ports without a number. */
  readonly #naming: boolean[] = [];
  readonly #ids = new Map<number, VerdictId>();
  readonly #unions = new Map<number, VerdictId>();
  readonly #meets = new Map<number, VerdictId>();
  readonly #resolved = new Map<number, VerdictId>();
  /** Everything passes. */
  readonly everything: VerdictId;

  constructor() {
    this.certainly(ports.none);
    this.everything = this.certainly(ports.everything);
  }

  /** How many there are: each id is below it. */
  get size(): number {
    return this.#musts.length;
  }

  certainly(set: PortSet): VerdictId {
    const id = this.#portId(set);
    return this.#id(id, id);
  }

  perhaps(set: PortSet): VerdictId {
    return this.#id(this.#portId(ports.none), this.#portId(set));
  }

  verdict(id: VerdictId): Verdict {
    return { must: this.#portSets[this.#musts[id]], may: this.#portSets[this.#mays[id]] };
  }

  /** Whether something surely passes; ports without a number were resolved before. */
  isCertain(id: VerdictId): boolean {
    return this.#musts[id] !== 0;
  }

  hasNames(id: VerdictId): boolean {
    return this.#naming[id];
  }

  // These are asked millions of times, so that what is known is looked up before anything is made.
  union(a: VerdictId, b: VerdictId): VerdictId {
    if (a === b || b === NOTHING) return a;
    if (a === NOTHING) return b;
    const key = a < b ? a * PAIR + b : b * PAIR + a;
    return this.#unions.get(key) ?? this.#keep(this.#unions, key, this.#unionOf(a, b));
  }

  /** What passes where both let it; both without names, so that nothing about it is open. */
  meet(a: VerdictId, b: VerdictId): VerdictId {
    if (a === b || b === this.everything) return a;
    if (a === this.everything) return b;
    if (a === NOTHING || b === NOTHING) return NOTHING;
    const key = a < b ? a * PAIR + b : b * PAIR + a;
    return this.#meets.get(key) ?? this.#keep(this.#meets, key, this.#meetOf(a, b));
  }

  /** The verdict for a pod with these ports: `portsKey` is theirs, equal for equal ports. */
  resolve(id: VerdictId, portsKey: number, declared: readonly DeclaredPort[]): VerdictId {
    if (!this.#naming[id]) return id;
    const key = id * PAIR + portsKey;
    return this.#resolved.get(key) ?? this.#keep(this.#resolved, key, this.#resolve(id, declared));
  }

  #unionOf(a: VerdictId, b: VerdictId): VerdictId {
    const union = (x: number, y: number) =>
      x === y ? x : this.#portId(ports.union(this.#portSets[x], this.#portSets[y]));
    return this.#id(union(this.#musts[a], this.#musts[b]), union(this.#mays[a], this.#mays[b]));
  }

  #meetOf(a: VerdictId, b: VerdictId): VerdictId {
    const meet = (x: number, y: number) =>
      x === y ? x : this.#portId(ports.intersection(this.#portSets[x], this.#portSets[y]).certain);
    return this.#id(meet(this.#musts[a], this.#musts[b]), meet(this.#mays[a], this.#mays[b]));
  }

  #resolve(id: VerdictId, declared: readonly DeclaredPort[]): VerdictId {
    const { must, may } = this.verdict(id);
    return this.#id(this.#portId(ports.resolve(must, declared)), this.#portId(ports.resolve(may, declared)));
  }

  #keep(memo: Map<number, VerdictId>, key: number, id: VerdictId): VerdictId {
    memo.set(key, id);
    return id;
  }

  #portId(set: PortSet): number {
    const known = this.#idsOfSets.get(set);
    if (known !== undefined) return known;
    const text = ports.portsText(set);
    const id = this.#portIds.get(text) ?? this.#portSets.push(set) - 1;
    this.#portIds.set(text, id);
    this.#idsOfSets.set(set, id);
    return id;
  }

  #id(must: number, may: number): VerdictId {
    const key = must * PAIR + may;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#mays.push(may);
    this.#naming.push(ports.hasNames(this.#portSets[may]));
    return this.#keep(this.#ids, key, this.#musts.push(must) - 1);
  }
}
