import type { IpSet } from '../../model/ip-set';
import { type PortSet, PROTOCOLS } from '../../model/port-set';
import { keyOf } from '../terms/key-of';

/** A run of addresses of one family, or of ports of one protocol. */
export interface Span {
  readonly axis: 'v4' | 'v6' | 'TCP' | 'UDP' | 'SCTP' | 'other';
  readonly first: bigint;
  readonly last: bigint;
}

/** A set cut into cells, so that each of some other sets has a cell whole or not at all. */
export interface Partition<T> {
  /** The cells that lie in the set: one of the others, or the one that was cut. */
  cellsIn(set: T): readonly string[];
  /** The first run of a cell. */
  spanOf(cell: string): Span;
}

/**
 * Cells are told apart by the sets that they lie in and by nothing else: points between which no set distinguishes are one
 * cell, however far apart. One sweep over the ends of all runs finds them.
 */
export function partition<T extends IpSet | PortSet>(whole: T, others: readonly T[]): Partition<T> {
  const indexes = new Map<string, number>();
  const runs: Run[] = spansOf(whole).map((span) => ({ span, set: WHOLE }));
  for (const other of others) {
    if (indexes.has(keyOf(other))) continue;
    const set = indexes.size;
    indexes.set(keyOf(other), set);
    for (const span of spansOf(other)) runs.push({ span, set });
  }
  const spans: Span[] = [];
  const cellsBySet: string[][] = Array.from(indexes, () => []);
  const cells = new Set<string>();
  for (const { span, sets } of stretches(runs)) {
    const signature = sets.join();
    if (cells.has(signature)) continue;
    cells.add(signature);
    for (const set of sets) cellsBySet[set].push(String(spans.length));
    spans.push(span);
  }
  const all = spans.map((_, cell) => String(cell));
  return {
    cellsIn: (set) => cellsBySet[indexes.get(keyOf(set)) ?? WHOLE] ?? all,
    spanOf: (cell) => spans[Number(cell)],
  };
}

const WHOLE = -1;

interface Run {
  readonly span: Span;
  /** Index of the set that it is of, or `WHOLE`. */
  readonly set: number;
}

/** The stretches of the whole between the ends of runs, each with the sets that have it, in ascending order. */
function stretches(runs: readonly Run[]): { readonly span: Span; readonly sets: readonly number[] }[] {
  const found: { span: Span; sets: number[] }[] = [];
  for (const axis of new Set(runs.map(({ span }) => span.axis))) {
    const ends = runs
      .filter(({ span }) => span.axis === axis)
      .flatMap(({ span, set }) => [
        { at: span.first, set, isStart: true },
        { at: span.last + 1n, set, isStart: false },
      ])
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    const open = new Set<number>();
    ends.forEach(({ at, set, isStart }, i) => {
      if (isStart) open.add(set);
      else open.delete(set);
      const next = ends[i + 1];
      if (next === undefined || next.at === at || !open.has(WHOLE)) return;
      const sets = [...open].filter((each) => each !== WHOLE).sort((a, b) => a - b);
      found.push({ span: { axis, first: at, last: next.at - 1n }, sets });
    });
  }
  return found;
}

function spansOf(set: IpSet | PortSet): Span[] {
  if ('v4' in set) {
    return (['v4', 'v6'] as const).flatMap((axis) => set[axis].map(({ first, last }) => ({ axis, first, last })));
  }
  return [
    ...PROTOCOLS.flatMap((axis) =>
      set[axis].ranges.map(([first, last]) => ({ axis, first: BigInt(first), last: BigInt(last) })),
    ),
    ...(set.other ? [{ axis: 'other' as const, first: 0n, last: 0n }] : []),
  ];
}
