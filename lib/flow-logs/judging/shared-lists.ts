/** Lists that are kept to be shared; at this many they are forgotten, and made anew. */
const MOST_KEPT = 50_000;

/**
 * Short lists, each of them once: equal lists are one object, with the same values in it. Outcomes have few different ones,
 * and each record is compared with that of its outcome, which takes as long as it takes to fetch it from memory.
 */
export class SharedLists<T> {
  private readonly longer = new Map<readonly T[], Map<string, readonly T[]>>();
  private count = 0;

  constructor(private readonly textOf: (value: T) => string) {}

  /** `list` with one more value, which is not in it. */
  with(list: readonly T[], value: T): readonly T[] {
    const text = this.textOf(value);
    const known = this.longer.get(list)?.get(text);
    return known ?? this.keep(list, text, [...list, value]);
  }

  private keep(list: readonly T[], text: string, longer: readonly T[]): readonly T[] {
    if (this.count >= MOST_KEPT) {
      this.longer.clear();
      this.count = 0;
    }
    let own = this.longer.get(list);
    if (own === undefined) {
      own = new Map();
      this.longer.set(list, own);
    }
    own.set(text, longer);
    this.count++;
    return longer;
  }
}
