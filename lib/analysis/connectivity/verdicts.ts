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
  readonly #idsOfSets = new WeakMap<PortSet, number>();
  readonly #musts: number[] = [];
  readonly #mays: number[] = [];
  readonly #ids = new Map<number, VerdictId>();
  readonly #portUnions = new Map<number, number>();
  readonly #portMeets = new Map<number, number>();
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
    const { must, may } = this.verdict(id);
    return ports.hasNames(may) || ports.hasNames(must);
  }

  union(a: VerdictId, b: VerdictId): VerdictId {
    if (a === b || b === NOTHING) return a;
    if (a === NOTHING) return b;
    return memoized(this.#unions, a < b ? a * PAIR + b : b * PAIR + a, () =>
      this.#id(this.#unionOfPorts(this.#musts[a], this.#musts[b]), this.#unionOfPorts(this.#mays[a], this.#mays[b])),
    );
  }

  /** What passes where both let it; both without names, so that nothing about it is open. */
  meet(a: VerdictId, b: VerdictId): VerdictId {
    if (a === b || b === this.everything) return a;
    if (a === this.everything) return b;
    if (a === NOTHING || b === NOTHING) return NOTHING;
    return memoized(this.#meets, a < b ? a * PAIR + b : b * PAIR + a, () =>
      this.#id(this.#meetOfPorts(this.#musts[a], this.#musts[b]), this.#meetOfPorts(this.#mays[a], this.#mays[b])),
    );
  }

  /** The verdict for a pod with these ports: `key` is theirs, equal for equal ports. */
  resolve(id: VerdictId, key: number, declared: readonly DeclaredPort[]): VerdictId {
    return memoized(this.#resolved, id * PAIR + key, () => {
      const { must, may } = this.verdict(id);
      return this.#id(this.#portId(ports.resolve(must, declared)), this.#portId(ports.resolve(may, declared)));
    });
  }

  #unionOfPorts(a: number, b: number): number {
    if (a === b) return a;
    return memoized(this.#portUnions, a < b ? a * PAIR + b : b * PAIR + a, () =>
      this.#portId(ports.union(this.#portSets[a], this.#portSets[b])),
    );
  }

  #meetOfPorts(a: number, b: number): number {
    if (a === b) return a;
    return memoized(this.#portMeets, a < b ? a * PAIR + b : b * PAIR + a, () =>
      this.#portId(ports.intersection(this.#portSets[a], this.#portSets[b]).certain),
    );
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
    return memoized(this.#ids, must * PAIR + may, () => {
      this.#mays.push(may);
      return this.#musts.push(must) - 1;
    });
  }
}

function memoized<V>(memo: Map<number, V>, key: number, make: () => V): V {
  const known = memo.get(key);
  if (known !== undefined) return known;
  const made = make();
  memo.set(key, made);
  return made;
}
