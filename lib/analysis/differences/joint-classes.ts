import type { Workload } from '../../model/world';
import type { ByClass } from '../connectivity/connectivity';

/** Workloads that are alike before and alike after, by their ids. */
export interface JointClass {
  /** Their class before; undefined where they did not exist. */
  readonly before: number | undefined;
  /** Their class after; undefined where they no longer exist. */
  readonly after: number | undefined;
  /** Sorted. */
  readonly ids: readonly string[];
}

/** The classes of two states, put together by the ids of workloads, in the order of their first id. */
export function jointClasses(
  before: { readonly workloads: readonly Workload[]; readonly byClass: ByClass },
  after: { readonly workloads: readonly Workload[]; readonly byClass: ByClass },
): readonly JointClass[] {
  const positions = new Map<string, { before?: number; after?: number }>();
  before.workloads.forEach(({ id }, position) => {
    positions.set(id, { before: before.byClass.ofWorkload[position] });
  });
  after.workloads.forEach(({ id }, position) => {
    positions.set(id, { ...positions.get(id), after: after.byClass.ofWorkload[position] });
  });
  const byKey = new Map<string, JointClass & { readonly ids: string[] }>();
  for (const id of [...positions.keys()].sort()) {
    const found = positions.get(id) ?? {};
    const key = `${found.before}/${found.after}`;
    const known = byKey.get(key);
    if (known === undefined) byKey.set(key, { before: found.before, after: found.after, ids: [id] });
    else known.ids.push(id);
  }
  return [...byKey.values()];
}
