import type { AttributedEnd } from '../attribution/end';

/** Numbers that fit into a small whole number beside that of an end, which are found faster than others. */
const SMALL = 4096;

/** Values by two ends and a number: asked for each record of a log. */
export class ByEnds<T> {
  size = 0;
  private readonly byFrom: (Map<number, T> | undefined)[] = [];
  private readonly others = new Map<string, T>();

  of(from: AttributedEnd, to: AttributedEnd, number: number): T | undefined {
    return number < SMALL
      ? this.byFrom[from.id]?.get(to.id * SMALL + number)
      : this.others.get(`${from.id} ${to.id} ${number}`);
  }

  /** Of one that is not there yet. */
  set(from: AttributedEnd, to: AttributedEnd, number: number, value: T): void {
    this.size++;
    if (number >= SMALL) {
      this.others.set(`${from.id} ${to.id} ${number}`, value);
      return;
    }
    let own = this.byFrom[from.id];
    if (own === undefined) {
      own = new Map();
      this.byFrom[from.id] = own;
    }
    own.set(to.id * SMALL + number, value);
  }
}
