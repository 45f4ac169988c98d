import fc from 'fast-check';
import { type Comparison, comparePlanes, type Relation } from '../../lib/compare';
import type { Plane } from '../../lib/model/layer';
import { howMany } from '../how-many';
import { damage, graphs, layers, modes } from '../proof/arbitraries';
import { POD_ADDRESSES } from '../proof/brute-force/points';
import { planeOf } from '../proof/mechanical';
import { decidedFor, uncertainty } from '../proof/uncertain';
import { type Relations, relations } from './relations';

const options = { podAddresses: POD_ADDRESSES, budget: 1_000_000 };

/** What the answer has to be by the connections that brute force found. */
function expected({ onlyA, onlyB, both }: Relations): Relation {
  if (onlyA === undefined && onlyB === undefined) return 'equivalent';
  if (onlyA === undefined) return 'a-implies-b';
  if (onlyB === undefined) return 'b-implies-a';
  return both === undefined ? 'disjoint' : 'incomparable';
}

function expectSame(comparison: Comparison, found: Relations): void {
  expect({ relation: comparison.relation, found }).toEqual({ relation: expected(found), found });
  expect({ disjoint: comparison.disjoint.holds, both: found.both }).toEqual({
    disjoint: found.both === undefined ? 'yes' : 'no',
    both: found.both,
  });
}

describe('two sets of policies against brute force', () => {
  it('are equal, one within the other, disjoint or incomparable just as their connections are', () => {
    const seen: Partial<Record<Relation, number>> = {};
    fc.assert(
      fc.property(graphs, modes, fc.array(damage, { maxLength: 2 }), (declared, mode, damages) => {
        const plane = planeOf(declared, mode);
        const other = damages.reduce((so, damaged) => damaged(so), plane);
        const comparison = comparePlanes(plane, other, options);
        expectSame(comparison, relations(plane, other));
        seen[comparison.relation] = (seen[comparison.relation] ?? 0) + 1;
      }),
      { numRuns: howMany(60), seed: 1 },
    );
    expect(seen.equivalent).toBeGreaterThan(howMany(5));
    expect(seen['a-implies-b']).toBeGreaterThan(howMany(5));
    expect(seen['b-implies-a']).toBeGreaterThan(howMany(5));
    expect(seen.incomparable).toBeGreaterThan(howMany(5));
  });

  it('are compared through ranked layers, denies and passes, and where blocks match differently', () => {
    const plane = fc
      .tuple(fc.array(layers, { minLength: 1, maxLength: 2 }), modes)
      .map(([all, ipBlockMode]): Plane => ({ name: 'random', layers: all, ipBlockMode }));
    fc.assert(
      fc.property(plane, plane, fc.array(damage, { maxLength: 1 }), fc.boolean(), (a, b, damages, isAlike) => {
        const other = isAlike ? damages.reduce((so, damaged) => damaged(so), a) : b;
        expectSame(comparePlanes(a, other, options), relations(a, other));
      }),
      { numRuns: howMany(80), seed: 2 },
    );
  });

  it('are undecided exactly where it depends on what is not certain', () => {
    const seen = { yes: 0, no: 0, undecided: 0 };
    fc.assert(
      fc.property(
        graphs,
        modes,
        fc.array(damage, { maxLength: 4 }),
        uncertainty,
        uncertainty,
        (declared, mode, damages, ofA, ofB) => {
          const plane = planeOf(declared, mode);
          const [a, b] = [ofA(plane), ofB(damages.reduce((so, damaged) => damaged(so), plane))];
          const { implies } = comparePlanes(a, b, options);
          const mayFail = relations(decidedFor(a, 'most'), decidedFor(b, 'least')).onlyA !== undefined;
          const mustFail = relations(decidedFor(a, 'least'), decidedFor(b, 'most')).onlyA !== undefined;
          expect(implies.holds).toBe(mustFail ? 'no' : mayFail ? 'undecided' : 'yes');
          seen[implies.holds]++;
        },
      ),
      { numRuns: howMany(60), seed: 3 },
    );
    expect(seen.no).toBeGreaterThan(howMany(3));
    expect(seen.undecided).toBeGreaterThan(howMany(3));
  });

  it('are asked both ways where nobody knows what blocks match', () => {
    fc.assert(
      fc.property(graphs, fc.array(damage, { minLength: 1, maxLength: 2 }), (declared, damages) => {
        const plane = planeOf(declared, 'may');
        const other = damages.reduce((so, damaged) => damaged(so), plane);
        const { implies } = comparePlanes(plane, other, options);
        const fails = (['pods', 'external-only'] as const).map(
          (ipBlockMode) => relations({ ...plane, ipBlockMode }, { ...other, ipBlockMode }).onlyA !== undefined,
        );
        const expectedAnswer = fails.every((each) => each) ? 'no' : fails.some((each) => each) ? 'undecided' : 'yes';
        expect(implies.holds).toBe(expectedAnswer);
      }),
      { numRuns: howMany(30), seed: 4 },
    );
  });
});
