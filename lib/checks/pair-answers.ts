import { PairMemo } from '../analysis/connectivity/pair-memo';

/** Answers about pairs of numbers, each worked out once. */
export class PairAnswers {
  readonly #known = new PairMemo();

  of(first: number, second: number, work: () => boolean): boolean {
    const known = this.#known.get(first, second);
    return (known < 0 ? this.#known.keep(first, second, work() ? 1 : 0) : known) === 1;
  }
}

/** Numbers objects from 0, in the order in which it meets them. */
export function numbering(): (value: object) => number {
  const numbers = new Map<object, number>();
  return (value) => {
    const known = numbers.get(value);
    if (known !== undefined) return known;
    const number = numbers.size;
    numbers.set(value, number);
    return number;
  };
}
