import * as fc from 'fast-check';
import { differenceOf, intersectionOf, unionOf } from '../../lib/model/intervals';

const UNIVERSE = Array.from({ length: 10 }, (_, n) => n);
const someNumbers = fc.subarray(UNIVERSE);

/** The edges of a set, told by looking at each number and the one before it. */
function edgesOf(numbers: readonly number[]): number[] {
  return [...UNIVERSE, UNIVERSE.length].filter((n) => numbers.includes(n) !== numbers.includes(n - 1));
}

describe('sets by their edges, against lists of numbers', () => {
  it('unite, intersect and subtract', () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, someNumbers, (a, b, c) => {
        expect(unionOf([a, b, c].map(edgesOf))).toEqual(
          edgesOf(UNIVERSE.filter((n) => [a, b, c].some((set) => set.includes(n)))),
        );
        expect(intersectionOf(edgesOf(a), edgesOf(b))).toEqual(edgesOf(a.filter((n) => b.includes(n))));
        expect(differenceOf(edgesOf(a), edgesOf(b))).toEqual(edgesOf(a.filter((n) => !b.includes(n))));
      }),
    );
  });

  it('give the same for bigints', () => {
    fc.assert(
      fc.property(someNumbers, someNumbers, (a, b) => {
        const big = (edges: readonly number[]) => edges.map(BigInt);
        const [x, y] = [edgesOf(a), edgesOf(b)];
        expect(unionOf([big(x), big(y)])).toEqual(big([...unionOf([x, y])]));
        expect(differenceOf(big(x), big(y))).toEqual(big([...differenceOf(x, y)]));
      }),
    );
  });

  it('unite to nothing when there are none', () => {
    expect(unionOf([])).toEqual([]);
  });
});
