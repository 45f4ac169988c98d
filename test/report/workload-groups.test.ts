import type { Workload, World } from '../../lib/model/world';
import { groupNames, MOST_NAMES } from '../../lib/report/workload-groups';

function worldOf(sizes: Readonly<Record<string, number>>): World {
  const workloads = Object.entries(sizes).flatMap(([namespace, count]) =>
    Array.from({ length: count }, (_, i) => workload(namespace, `${namespace}/Pod/${i}`)),
  );
  return { namespaces: [], workloads, services: [] };
}

function workload(namespace: string, id: string): Workload {
  return { id, namespace, labels: {}, ports: [], hostNetwork: false, addresses: [] } as unknown as Workload;
}

function positions(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

describe('names of a group of workloads', () => {
  const world = worldOf({ a: 2, b: 3, c: 1 });

  it('are one for all workloads, and for all of a namespace', () => {
    const names = groupNames(world);
    expect(names.of(positions(0, 5))).toEqual(['every workload (6)']);
    expect(names.of([0, 1, 2, 5])).toEqual(['a/*', 'b/Pod/0', 'c/Pod/0']);
  });

  it('do not reckon with the one that reaches them', () => {
    const names = groupNames(world);
    expect(names.reachedFrom(0, positions(1, 5))).toEqual(['every other workload']);
    expect(names.reachedFrom(2, [3, 4, 5])).toEqual(['b/*', 'c/Pod/0']);
    expect(names.reachedFrom(0, [3, 4])).toEqual(['b/Pod/1', 'b/Pod/2']);
  });

  it('are a number where they are very many, of what is reached alone', () => {
    const large = worldOf({ a: MOST_NAMES + 2, b: 2 });
    const names = groupNames(large);
    expect(names.reachedFrom(MOST_NAMES + 2, positions(0, MOST_NAMES - 1))).toHaveLength(MOST_NAMES);
    expect(names.isShortened).toBe(false);
    const some = positions(0, MOST_NAMES);
    expect(names.of(some)).toHaveLength(MOST_NAMES + 1);
    expect(names.reachedFrom(MOST_NAMES + 2, some)).toEqual([`${MOST_NAMES + 1} workloads of one namespace`]);
    expect(names.isShortened).toBe(true);
  });
});
