import { differenceOf, intersectionOf, unionOf } from '../../model/intervals';
import type { DeclaredPort, PortSet } from '../../model/port-set';
import * as ports from '../../model/port-set';
import { PairMemo } from './pair-memo';
import { lineOf, type PortLine, portsOn } from './port-line';

/** Traffic that surely passes, and traffic that may: `may` has all of `must`. */
export interface Verdict {
  readonly must: PortSet;
  readonly may: PortSet;
}

/** A verdict by number, so that equal ones are one, and what was worked out once is looked up. */
export type VerdictId = number;

/** How a pod calls its ports. */
export interface PortNames {
  readonly ports: readonly DeclaredPort[];
  /** It may have others, whose names are not known. */
  readonly mayHaveMorePorts: boolean;
  /** Equal where the others are. */
  readonly portsKey: number;
}

/** What has no names for its ports: an address, a node. No class has the key, since theirs count from 0. */
export const NO_NAMES: PortNames = { ports: [], mayHaveMorePorts: false, portsKey: 2 ** 26 - 1 };

/** Nothing passes. */
export const NOTHING: VerdictId = 0;

/** Verdicts by number, with what happens when two of them meet. */
export class Verdicts {
  readonly #portSets: PortSet[] = [];
  /** Of the sets without names, which is what nearly all work is done on. */
  readonly #lines: (PortLine | undefined)[] = [];
  readonly #portIds = new Map<string, number>();
  readonly #idsOfSets = new Map<PortSet, number>();
  readonly #musts: number[] = [];
  readonly #mays: number[] = [];
  /** Whether a verdict has ports without a number. */
  readonly #naming: boolean[] = [];
  readonly #ids = new PairMemo();
  readonly #unions = new PairMemo();
  readonly #meets = new PairMemo();
  readonly #differences = new PairMemo();
  readonly #resolved = new PairMemo();
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

  /** What `must` surely lets through surely passes, and what `may` may let through may. */
  between(must: VerdictId, may: VerdictId): VerdictId {
    return this.#id(this.#musts[must], this.#mays[may]);
  }

  /** What may pass, taken for certain. */
  widest(id: VerdictId): VerdictId {
    return this.#id(this.#mays[id], this.#mays[id]);
  }

  /** What surely passes, and no more. */
  surest(id: VerdictId): VerdictId {
    return this.#id(this.#musts[id], this.#musts[id]);
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
    const known = this.#unions.get(a, b);
    return known >= 0 ? known : this.#unions.keep(a, b, this.#unionOf(a, b));
  }

  /** What passes where both let it; both without names, so that nothing about it is open. */
  meet(a: VerdictId, b: VerdictId): VerdictId {
    if (a === b || b === this.everything) return a;
    if (a === this.everything) return b;
    if (a === NOTHING || b === NOTHING) return NOTHING;
    const known = this.#meets.get(a, b);
    return known >= 0 ? known : this.#meets.keep(a, b, this.#meetOf(a, b));
  }

  /** What of the first is not in the other; both certain and without names. */
  minus(a: VerdictId, b: VerdictId): VerdictId {
    if (a === NOTHING || b === NOTHING) return a;
    if (a === b || b === this.everything) return NOTHING;
    const known = this.#differences.get(a, b);
    return known >= 0 ? known : this.#differences.keep(a, b, this.#differenceOf(a, b));
  }

  /** The verdict for a pod with these names of ports. */
  resolve(id: VerdictId, names: PortNames): VerdictId {
    if (!this.#naming[id]) return id;
    const known = this.#resolved.get(id, names.portsKey);
    return known >= 0 ? known : this.#resolved.keep(id, names.portsKey, this.#resolve(id, names));
  }

  #unionOf(a: VerdictId, b: VerdictId): VerdictId {
    return this.#combined(a, b, (x, y) => {
      const [lineOfX, lineOfY] = [this.#lines[x], this.#lines[y]];
      return lineOfX === undefined || lineOfY === undefined
        ? this.#portId(ports.union(this.#portSets[x], this.#portSets[y]))
        : this.#idOfLine(unionOf([lineOfX, lineOfY]));
    });
  }

  #meetOf(a: VerdictId, b: VerdictId): VerdictId {
    return this.#combined(a, b, (x, y) => this.#idOfLine(intersectionOf(this.#lines[x] ?? [], this.#lines[y] ?? [])));
  }

  #differenceOf(a: VerdictId, b: VerdictId): VerdictId {
    return this.#combined(a, b, (x, y) => this.#idOfLine(differenceOf(this.#lines[x] ?? [], this.#lines[y] ?? [])));
  }

  /** Both parts combined alike; mostly they are one. */
  #combined(a: VerdictId, b: VerdictId, combine: (x: number, y: number) => number): VerdictId {
    const [mustA, mustB, mayA, mayB] = [this.#musts[a], this.#musts[b], this.#mays[a], this.#mays[b]];
    const may = mayA === mayB ? mayA : combine(mayA, mayB);
    if (mustA === mayA && mustB === mayB) return this.#id(may, may);
    return this.#id(mustA === mustB ? mustA : combine(mustA, mustB), may);
  }

  #resolve(id: VerdictId, { ports: declared, mayHaveMorePorts }: PortNames): VerdictId {
    const { must, may } = this.verdict(id);
    const widest = mayHaveMorePorts ? ports.withAnyNumber(may) : ports.resolve(may, declared);
    return this.#id(this.#portId(ports.resolve(must, declared)), this.#portId(widest));
  }

  #portId(set: PortSet): number {
    const known = this.#idsOfSets.get(set);
    if (known !== undefined) return known;
    const id = ports.hasNames(set) ? this.#idOf(ports.portsText(set), () => set) : this.#idOfLine(lineOf(set));
    this.#idsOfSets.set(set, id);
    return id;
  }

  #idOfLine(line: PortLine): number {
    return this.#idOf(line.join(), () => portsOn(line), line);
  }

  #idOf(key: string, make: () => PortSet, line?: PortLine): number {
    const known = this.#portIds.get(key);
    if (known !== undefined) return known;
    const id = this.#portSets.push(make()) - 1;
    this.#lines.push(line);
    this.#portIds.set(key, id);
    return id;
  }

  #id(must: number, may: number): VerdictId {
    const known = this.#ids.get(must, may);
    if (known >= 0) return known;
    this.#mays.push(may);
    this.#naming.push(ports.hasNames(this.#portSets[may]));
    return this.#ids.keep(must, may, this.#musts.push(must) - 1);
  }
}
