import type { ByClass } from '../connectivity/connectivity';
import { NOTHING, type VerdictId } from '../connectivity/verdicts';

/** How a class is first reached: from which class, and in how many hops. The classes that it starts at have no class before. */
export interface Arrival {
  readonly hops: number;
  /** -1 where it is reached from where it starts. */
  readonly before: number;
}

/**
 * The classes that are reached from others, hop by hop, each at its first arrival: breadth first, so that every arrival is a
 * shortest one. The pods that it starts at are not among what is reached, unless they reach others of their own class.
 */
export function spread(
  byClass: ByClass,
  starts: readonly number[],
  passes: (verdict: VerdictId) => boolean,
  mostHops: number,
): ReadonlyMap<number, Arrival> {
  const arrivals = new Map<number, Arrival>();
  const passing = new Map<VerdictId, boolean>([[NOTHING, false]]);
  const isPassing = (verdict: VerdictId) => {
    const known = passing.get(verdict) ?? passes(verdict);
    passing.set(verdict, known);
    return known;
  };
  const row = new Int32Array(byClass.count);
  let edge: readonly { readonly of: number; readonly isStart: boolean }[] = starts.map((of) => ({ of, isStart: true }));
  for (let hops = 1; hops <= mostHops && edge.length > 0; hops++) {
    const next: { of: number; isStart: boolean }[] = [];
    for (const { of, isStart } of edge) {
      if (arrivals.size === byClass.count) return arrivals;
      row.fill(NOTHING);
      byClass.fill(of, row);
      for (let to = 0; to < row.length; to++) {
        if (row[to] === NOTHING || arrivals.has(to) || !isPassing(row[to])) continue;
        arrivals.set(to, { hops, before: isStart ? START : of });
        // What starts at a class has been followed from there already.
        if (!starts.includes(to)) next.push({ of: to, isStart: false });
      }
    }
    edge = next;
  }
  return arrivals;
}

/** Instead of a class, where something is reached from where it starts. */
export const START = -1;
