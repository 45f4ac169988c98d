import { ClassSets, EVERY_CLASS } from '../../../lib/analysis/connectivity/class-sets';
import { PairMemo } from '../../../lib/analysis/connectivity/pair-memo';
import type { PodClass } from '../../../lib/analysis/connectivity/pod-classes';
import * as ips from '../../../lib/model/ip-set';
import { podSet } from '../../../lib/model/pod-set';
import * as selectors from '../../../lib/model/selector';

describe('numbers by pairs', () => {
  it('are kept however many there are, and -1 is that of any other pair', () => {
    const memo = new PairMemo();
    const pairs = Array.from({ length: 5000 }, (_, i) => [i % 71, Math.floor(i / 71), i] as const);
    const kept = pairs.map(([first, second, value]) => [
      memo.get(first, second),
      memo.keep(first, second, value),
      memo.get(first, second),
    ]);
    expect(kept).toEqual(pairs.map(([, , value]) => [-1, value, value]));
    expect(memo.size).toBe(5000);
    expect(pairs.filter(([first, second, value]) => memo.get(first, second) !== value)).toEqual([]);
    expect([memo.get(71, 0), memo.get(0, 5000), memo.get(70, 71)]).toEqual([-1, -1, -1]);
  });

  it('tell a pair from its reverse, and keep nought', () => {
    const memo = new PairMemo();
    memo.keep(1, 2, 0);
    memo.keep(2, 1, 7);
    expect([memo.get(1, 2), memo.get(2, 1), memo.get(1, 1), memo.get(2, 2)]).toEqual([0, 7, -1, -1]);
  });
});

describe('sets of classes', () => {
  const podClass = (app: string, of: Partial<PodClass> = {}): PodClass => ({
    namespace: 'x',
    namespaceLabels: { 'kubernetes.io/metadata.name': 'x' },
    labels: { app },
    unknownLabels: [],
    ports: [],
    mayHaveMorePorts: false,
    portsKey: 0,
    hostNetwork: false,
    addresses: [],
    workloads: [],
    ...of,
  });
  const many = (count: number) => Array.from({ length: count }, (_, i) => podClass(`app-${i}`));
  const setsOf = (classes: readonly PodClass[], mostOfNarrow?: number) =>
    new ClassSets(classes, 'pods', ips.all, mostOfNarrow);
  const wearing = (...values: string[]) =>
    podSet(selectors.anything, selectors.fromRequirements([{ key: 'app', operator: 'In', values }]));

  it('are one where their members are equal, and apart where only some are', () => {
    const sets = setsOf(many(70));
    const id = sets.ofClasses([1, 2]);
    expect(sets.ofClasses([1, 2])).toBe(id);
    const others = [[1], [2], [1, 3], [0, 2], [1, 2, 3]].map((members) => sets.ofClasses(members));
    expect(new Set([id, ...others]).size).toBe(6);
    expect([...sets.members(id)]).toEqual([1, 2]);
    expect(others.map((other) => [...sets.members(other)])).toEqual([[1], [2], [1, 3], [0, 2], [1, 2, 3]]);
    // These two come to one number.
    const alike = [sets.ofClasses([0, 62]), sets.ofClasses([1, 31])];
    expect(alike[0]).not.toBe(alike[1]);
    expect([sets.ofClasses([0, 62]), sets.ofClasses([1, 31])]).toEqual(alike);
    expect(alike.map((one) => [...sets.members(one)])).toEqual([
      [0, 62],
      [1, 31],
    ]);
    const before = sets.size;
    sets.ofClasses([0, 62]);
    expect(sets.size).toBe(before);
    expect(sets.ofClasses([...many(70).keys()])).toBe(EVERY_CLASS);
  });

  it('are wide beyond a number of classes, and always where they are all, or those on nodes', () => {
    const sets = setsOf([...many(4), podClass('host', { hostNetwork: true })], 2);
    const [one, two, three] = [[0], [0, 1], [0, 1, 2]].map((members) => sets.ofClasses(members));
    expect([one, two, three].map((id) => sets.isWide(id))).toEqual([false, false, true]);
    expect([sets.isWide(EVERY_CLASS), sets.isWide(sets.onNodes)]).toEqual([true, true]);
    expect([...sets.members(sets.onNodes)]).toEqual([4]);
  });

  it('are selected once for selectors that say the same', () => {
    const sets = setsOf(many(4));
    const first = sets.ofPods(wearing('app-1', 'app-2'));
    const before = sets.size;
    expect(sets.ofPods(wearing('app-2', 'app-1'))).toBe(first);
    expect(sets.size).toBe(before);
    expect([...sets.members(first.surely)]).toEqual([1, 2]);
    expect(first.perhaps).toBeUndefined();
    const other = sets.ofPods(wearing('app-3'));
    expect([...sets.members(other.surely)]).toEqual([3]);
  });

  it('are perhaps selected by labels that are not known', () => {
    const sets = setsOf([podClass('a'), podClass('b', { labels: {}, unknownLabels: ['app'] })]);
    const { surely, perhaps } = sets.ofPods(wearing('a'));
    expect([...sets.members(surely)]).toEqual([0]);
    expect(perhaps === undefined ? [] : [...sets.members(perhaps)]).toEqual([1]);
  });
});
