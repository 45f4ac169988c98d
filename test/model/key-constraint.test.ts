import * as fc from 'fast-check';
import {
  allows,
  complement,
  isUnconstrained,
  isWithin,
  keyConstraint,
  meet,
  overlap,
  unconstrained,
} from '../../lib/model/key-constraint';
import { KEYS, VALUES } from './label-universe';

const NAME = 'kubernetes.io/metadata.name';
// Every state that a key can be in: a named value, one that nobody names, or no label at all.
const statesOf = (key: string) => [...VALUES, 'z', ...(key === NAME ? [] : [undefined])];

const someConstraintOn = (key: string) =>
  fc
    .record({ values: fc.array(fc.constantFrom(...VALUES)), excluded: fc.boolean(), mayBeAbsent: fc.boolean() })
    .map(({ values, ...rest }) => keyConstraint(key, values, rest));
const twoOnOneKey = fc.constantFrom(...KEYS).chain((key) => fc.tuple(someConstraintOn(key), someConstraintOn(key)));

describe('what one label may be, against every state of it', () => {
  it('has a complement that allows exactly the rest, in canonical form', () => {
    fc.assert(
      fc.property(twoOnOneKey, ([constraint]) => {
        const rest = complement(constraint);
        for (const state of statesOf(constraint.key)) expect(allows(rest, state)).toBe(!allows(constraint, state));
        expect(rest).toEqual(keyConstraint(rest.key, rest.values, rest));
        expect(complement(rest)).toEqual(constraint);
      }),
    );
  });

  it('meets, overlaps and lies within another as its states do', () => {
    fc.assert(
      fc.property(twoOnOneKey, ([a, b]) => {
        const states = statesOf(a.key);
        const inBoth = states.filter((state) => allows(a, state) && allows(b, state));
        expect(states.filter((state) => allows(meet(a, b), state))).toEqual(inBoth);
        expect(overlap(a, b)).toBe(inBoth.length > 0);
        expect(isWithin(a, b)).toBe(states.every((state) => !allows(a, state) || allows(b, state)));
      }),
      { numRuns: 1000 },
    );
  });

  it('is unconstrained exactly where every state is allowed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...KEYS).chain(someConstraintOn), (constraint) => {
        const { key } = constraint;
        expect(isUnconstrained(constraint)).toBe(statesOf(key).every((state) => allows(constraint, state)));
        expect(isUnconstrained(unconstrained(key))).toBe(true);
      }),
    );
  });
});
