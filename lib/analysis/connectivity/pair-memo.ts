const FREE = -1;

/**
 * Numbers by pairs of numbers, all of 31 bits and not negative: what a Map would hold under one combined key. It is
 * asked millions of times, and a Map makes an object of each key that large.
 */
export class PairMemo {
  /** First, second and value in turn, at the place that the pair hashes to or the next that is free. */
  #slots = new Int32Array(3 * 1024).fill(FREE);
  #mask = 1023;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** The value of the pair, or -1. */
  get(first: number, second: number): number {
    const slots = this.#slots;
    for (let at = this.#hash(first, second); ; at = (at + 1) & this.#mask) {
      const slot = at * 3;
      if (slots[slot] === FREE) return FREE;
      if (slots[slot] === first && slots[slot + 1] === second) return slots[slot + 2];
    }
  }

  /** Keeps the value of a pair that has none yet, and gives it back. */
  keep(first: number, second: number, value: number): number {
    if (2 * this.#size > this.#mask) this.#grow();
    let at = this.#hash(first, second);
    while (this.#slots[at * 3] !== FREE) at = (at + 1) & this.#mask;
    this.#slots.set([first, second, value], at * 3);
    this.#size++;
    return value;
  }

  #hash(first: number, second: number): number {
    const mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b);
    return (mixed ^ (mixed >>> 15)) & this.#mask;
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Int32Array(old.length * 2).fill(FREE);
    this.#mask = this.#slots.length / 3 - 1;
    this.#size = 0;
    for (let slot = 0; slot < old.length; slot += 3) {
      if (old[slot] !== FREE) this.keep(old[slot], old[slot + 1], old[slot + 2]);
    }
  }
}
