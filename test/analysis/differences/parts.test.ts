import { reordered } from '../../../lib/analysis/differences/policy-changes';
import { presenceOf } from '../../../lib/analysis/differences/presence';
import { rectangles } from '../../../lib/analysis/differences/rectangles';
import type { Plane } from '../../../lib/model/layer';

describe('whether the ends of a change were there', () => {
  const [there, new_, gone] = [
    { before: 1, after: 1 },
    { before: undefined, after: 1 },
    { before: 1, after: undefined },
  ] as never[];

  it('is said of both together', () => {
    expect(presenceOf(there, there)).toBe('stayed');
    expect(presenceOf(there, new_)).toBe('came');
    expect(presenceOf(new_, there)).toBe('came');
    expect(presenceOf(there, gone)).toBe('went');
    expect(presenceOf(gone, there)).toBe('went');
    expect(presenceOf(gone, new_)).toBe('came');
    expect(presenceOf(gone)).toBe('went');
  });
});

describe('pairs as rectangles', () => {
  const of = (rows: Record<number, number[]>) =>
    rectangles(new Map(Object.entries(rows).map(([key, values]) => [Number(key), values])));

  it('are sources with the same targets, or targets with the same sources, whichever are fewer', () => {
    expect(of({})).toEqual([]);
    expect(of({ 1: [5, 6] })).toEqual([{ from: [1], to: [5, 6] }]);
    expect(of({ 1: [5, 6], 2: [5, 6] })).toEqual([{ from: [1, 2], to: [5, 6] }]);
    // Three sets of targets, and two of sources.
    expect(of({ 1: [5], 2: [6], 3: [5, 6] })).toEqual([
      { from: [1, 3], to: [5] },
      { from: [2, 3], to: [6] },
    ]);
    // Two of each: by sources.
    expect(of({ 1: [5], 2: [5, 6] })).toEqual([
      { from: [1], to: [5] },
      { from: [2], to: [5, 6] },
    ]);
  });
});

describe('layers in another order', () => {
  const layer = (name: string, order: 'ranked' | 'union', policies: string) => ({
    name,
    order,
    rules: policies.split('').map((policy) => ({ policy: { kind: 'Policy', name: policy } })),
  });
  const plane = (...layers: object[]) => ({ layers }) as unknown as Plane;
  const from = (was: string, is: string, order: 'ranked' | 'union' = 'ranked') =>
    reordered(plane(layer('other', 'ranked', 'xy'), layer('own', order, was)), plane(layer('own', order, is)));

  it('are those that ask policies of both states in another order', () => {
    expect(from('abc', 'abc')).toEqual([]);
    expect(from('abc', 'acb')).toEqual(['own']);
    // Several rules of one policy are one.
    expect(from('aab', 'abb')).toEqual([]);
  });

  it('are not those in which policies came or went', () => {
    expect(from('ac', 'abc')).toEqual([]);
    expect(from('abc', 'ac')).toEqual([]);
    expect(from('abc', 'cxa')).toEqual(['own']);
    expect(from('', 'ab')).toEqual([]);
  });

  it('are not those in which the order says nothing, and not those that are new', () => {
    expect(from('abc', 'acb', 'union')).toEqual([]);
    expect(reordered(plane(), plane(layer('own', 'ranked', 'ab')))).toEqual([]);
  });
});
