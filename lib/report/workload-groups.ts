import type { World } from '../model/world';

/** Groups of workloads in words. */
export interface GroupNames {
  /** The workloads at these positions, which rise. */
  of(group: readonly number[]): readonly string[];
  /** What the workload at `from` reaches: it is not among them and could not be. Many are told by their number. */
  reachedFrom(from: number, group: readonly number[]): readonly string[];
  /** Whether some were told by their number. */
  readonly isShortened: boolean;
}

/** A group of more names than this is told by its number. */
export const MOST_NAMES = 100;

/** All workloads of a namespace are one name, and so are all workloads. */
export function groupNames({ workloads }: World): GroupNames {
  const namespaces = new Map<string, number>();
  const namespaceOf = Int32Array.from(workloads, ({ namespace }) => {
    const number = namespaces.get(namespace) ?? namespaces.size;
    namespaces.set(namespace, number);
    return number;
  });
  const sizes = new Int32Array(namespaces.size);
  for (const namespace of namespaceOf) sizes[namespace]++;
  const counts = new Int32Array(namespaces.size);
  let isShortened = false;

  /** How many of the group are in each of its namespaces, in the order in which they are met. */
  const countsOf = (group: readonly number[]) => {
    const met: number[] = [];
    for (const position of group) if (counts[namespaceOf[position]]++ === 0) met.push(namespaceOf[position]);
    return met;
  };

  /** `isWhole`: whether so many are all that could be there of a namespace. */
  const namesOf = (group: readonly number[], isWhole: (namespace: number) => boolean, most: number) => {
    const met = countsOf(group);
    const whole = new Set(met.filter(isWhole));
    const count = met.reduce((sum, namespace) => sum + (whole.has(namespace) ? 1 : counts[namespace]), 0);
    const names = count > most ? [numberText(group.length, met.length)] : namesIn(group, whole);
    for (const namespace of met) counts[namespace] = 0;
    if (count > most) isShortened = true;
    return names;
  };

  const namesIn = (group: readonly number[], whole: ReadonlySet<number>) => {
    const byNamespace = new Map<number, string[]>();
    for (const position of group) {
      const namespace = namespaceOf[position];
      const known = byNamespace.get(namespace) ?? [];
      if (!whole.has(namespace)) known.push(workloads[position].id);
      else if (known.length === 0) known.push(`${workloads[position].namespace}/*`);
      byNamespace.set(namespace, known);
    }
    return [...byNamespace.values()].flat();
  };

  return {
    of: (group) => {
      if (group.length > 1 && group.length === workloads.length) return [`every workload (${group.length})`];
      return namesOf(group, (it) => sizes[it] > 1 && counts[it] === sizes[it], Number.POSITIVE_INFINITY);
    },
    reachedFrom: (from, group) => {
      if (group.length > 1 && group.length === workloads.length - 1) return ['every other workload'];
      const isWhole = (it: number) => sizes[it] > 1 && counts[it] === sizes[it] - (namespaceOf[from] === it ? 1 : 0);
      return namesOf(group, isWhole, MOST_NAMES);
    },
    get isShortened() {
      return isShortened;
    },
  };
}

function numberText(workloads: number, namespaces: number): string {
  return `${workloads} workloads of ${namespaces === 1 ? 'one namespace' : `${namespaces} namespaces`}`;
}
