import { into } from '../../model/into';
/** Every one of the sources with every one of the targets. */
export interface Rectangle {
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/**
 * Pairs as few rectangles: sources with the same targets are one, or targets with the same sources, whichever gives fewer.
 * `rows` has for each source its targets, rising; each pair is in one rectangle.
 */
export function rectangles(rows: ReadonlyMap<number, readonly number[]>): readonly Rectangle[] {
  const byRow = grouped(rows).map(({ keys, values }) => ({ from: keys, to: values }));
  if (byRow.length <= 1) return byRow;
  const byColumn = grouped(transposed(rows)).map(({ keys, values }) => ({ from: values, to: keys }));
  return byColumn.length < byRow.length ? byColumn : byRow;
}

function grouped(rows: ReadonlyMap<number, readonly number[]>) {
  const groups = new Map<string, { readonly keys: number[]; readonly values: readonly number[] }>();
  for (const [key, values] of rows) {
    const text = values.join();
    const known = groups.get(text);
    if (known === undefined) groups.set(text, { keys: [key], values });
    else known.keys.push(key);
  }
  return [...groups.values()];
}

function transposed(rows: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, readonly number[]> {
  const columns = new Map<number, number[]>();
  for (const [key, values] of rows) {
    for (const value of values) {
      into(columns, value, key);
    }
  }
  return columns;
}
