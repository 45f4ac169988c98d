import fc from 'fast-check';
import { passes } from '../decide';
import { planeOf } from './calico';
import { type CalicoObject, naivelyPasses } from './naive';
import { connections, objects } from './random';

describe('policies of Calico, read and composed', () => {
  it('decide as an evaluator that reads the objects themselves', () => {
    const seen = { passed: 0, stopped: 0 };
    fc.assert(
      fc.property(objects, (all: CalicoObject[]) => {
        const plane = planeOf(all);
        expect(plane.problems).toBeUndefined();
        for (const connection of connections) {
          const expected = naivelyPasses(all, connection);
          if (passes(plane, connection) !== expected)
            expect({ connection, passes: !expected }).toEqual({ connection, passes: expected });
          seen[expected ? 'passed' : 'stopped']++;
        }
      }),
      { numRuns: 300, seed: 36 },
    );
    expect(Math.min(seen.passed, seen.stopped)).toBeGreaterThan(10_000);
  });
});
