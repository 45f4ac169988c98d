import { into } from '../../model/into';
import type { ByClass } from '../connectivity/connectivity';
import { NOTHING, type VerdictId } from '../connectivity/verdicts';
import type { JointClass } from './joint-classes';
import { type Presence, presenceOf } from './presence';
import { type Rectangle, rectangles } from './rectangles';
import { type ChangeId, SAME, type VerdictChanges } from './verdict-changes';

/** One change between many workloads, by the positions of their joint classes. */
export interface PairChange extends Rectangle {
  readonly change: ChangeId;
  readonly presence: Presence;
}

/**
 * The changes between workloads: class by class, those alike put together. `touched`: the positions, rising, of the classes
 * one of which is at an end of every change.
 */
export function pairChanges(
  classes: readonly JointClass[],
  touched: readonly number[],
  before: ByClass,
  after: ByClass,
  changes: VerdictChanges,
  costOfPair: number = COST_OF_PAIR,
): readonly PairChange[] {
  const rowsOf = new Map<string, { change: ChangeId; presence: Presence; rows: Map<number, number[]> }>();
  const add = (from: number, to: number, change: ChangeId) => {
    if (change === SAME) return;
    const presence = presenceOf(classes[from], classes[to]);
    const key = `${change} ${presence}`;
    const known = rowsOf.get(key);
    const found = known ?? { change, presence, rows: new Map<number, number[]>() };
    if (known === undefined) rowsOf.set(key, found);
    into(found.rows, from, to);
  };
  const [was, is] = [new Int32Array(before.count), new Int32Array(after.count)];
  const isTouched = new Set(touched);
  // Beside many that are touched, a row at once is cheaper than each of its pairs.
  const isOfRows = touched.length * costOfPair > classes.length;
  classes.forEach((source, from) => {
    if (isOfRows || isTouched.has(from)) {
      fill(was, before, source.before);
      fill(is, after, source.after);
      classes.forEach((target, to) => {
        const [old, own] = [target.before, target.after];
        add(from, to, changes.of(old === undefined ? NOTHING : was[old], own === undefined ? NOTHING : is[own]));
      });
    } else {
      for (const to of touched) {
        const target = classes[to];
        const [old, own] = [passing(before, source.before, target.before), passing(after, source.after, target.after)];
        add(from, to, changes.of(old, own));
      }
    }
  });
  return [...rowsOf.values()].flatMap(({ change, presence, rows }) =>
    rectangles(rows).map((rectangle) => ({ ...rectangle, change, presence })),
  );
}

/** To look a pair up costs so many times what its place in a row does; a matter of speed alone. */
const COST_OF_PAIR = 16;

function passing(byClass: ByClass, from: number | undefined, to: number | undefined): VerdictId {
  return from === undefined || to === undefined ? NOTHING : byClass.between(from, to);
}

function fill(row: Int32Array, byClass: ByClass, source: number | undefined): void {
  row.fill(NOTHING);
  if (source !== undefined) byClass.fill(source, row);
}
