import type { ClassSets, SetId } from './class-sets';
import type { PodClass } from './pod-classes';

/** Classes at the other end that shared sets do not tell apart: what these decide is worked out once for each group. */
export interface PeerGroups {
  readonly ofClass: Int32Array;
  /** The classes of each group, rising; those of one group have the same names of ports. */
  readonly groups: readonly (readonly number[])[];
  /** The groups that a shared set is made of. */
  readonly ofSet: ReadonlyMap<SetId, ReadonlySet<number>>;
}

export function peerGroups(classes: readonly PodClass[], shared: ReadonlySet<SetId>, sets: ClassSets): PeerGroups {
  const inOrder = [...shared].sort((a, b) => a - b);
  const keys = classes.map(({ portsKey }) => [portsKey]);
  for (const set of inOrder) for (const id of sets.members(set)) keys[id].push(set);
  const byKey = new Map<string, number>();
  const groups: number[][] = [];
  const ofClass = Int32Array.from(keys, (key, id) => {
    const text = key.join();
    const group = byKey.get(text) ?? groups.push([]) - 1;
    byKey.set(text, group);
    groups[group].push(id);
    return group;
  });
  const groupsIn = (set: SetId) => new Set(Array.from(sets.members(set), (id) => ofClass[id]));
  return { ofClass, groups, ofSet: new Map(inOrder.map((set) => [set, groupsIn(set)])) };
}
