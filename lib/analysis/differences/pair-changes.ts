import type { ByClass } from '../connectivity/connectivity';
import { NOTHING } from '../connectivity/verdicts';
import type { JointClass } from './joint-classes';
import { type Presence, presenceOf } from './presence';
import { type Rectangle, rectangles } from './rectangles';
import { type ChangeId, SAME, type VerdictChanges } from './verdict-changes';

/** One change between many workloads, by the positions of their joint classes. */
export interface PairChange extends Rectangle {
  readonly change: ChangeId;
  readonly presence: Presence;
}

/** The changes between workloads: class by class, those alike put together. */
export function pairChanges(
  classes: readonly JointClass[],
  before: ByClass,
  after: ByClass,
  changes: VerdictChanges,
): readonly PairChange[] {
  const [was, is] = [new Int32Array(before.count), new Int32Array(after.count)];
  const rowsOf = new Map<string, { change: ChangeId; presence: Presence; rows: Map<number, number[]> }>();
  classes.forEach((source, from) => {
    fill(was, before, source.before);
    fill(is, after, source.after);
    classes.forEach((target, to) => {
      const change = changes.of(
        target.before === undefined ? NOTHING : was[target.before],
        target.after === undefined ? NOTHING : is[target.after],
      );
      if (change === SAME) return;
      const presence = presenceOf(source, target);
      const key = `${change} ${presence}`;
      const known = rowsOf.get(key);
      const found = known ?? { change, presence, rows: new Map<number, number[]>() };
      if (known === undefined) rowsOf.set(key, found);
      const row = found.rows.get(from);
      if (row === undefined) found.rows.set(from, [to]);
      else row.push(to);
    });
  });
  return [...rowsOf.values()].flatMap(({ change, presence, rows }) =>
    rectangles(rows).map((rectangle) => ({ ...rectangle, change, presence })),
  );
}

function fill(row: Int32Array, byClass: ByClass, source: number | undefined): void {
  row.fill(NOTHING);
  if (source !== undefined) byClass.fill(source, row);
}
