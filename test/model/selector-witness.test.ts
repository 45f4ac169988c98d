import * as fc from 'fast-check';
import { labelValueProblem, NAMESPACE_NAME_LABEL } from '../../lib/model/labels';
import {
  anything,
  fromLabels,
  fromRequirements,
  matches,
  nothing,
  type Requirement,
  witness,
} from '../../lib/model/selector';
import { EVERY_LABELS, KEYS, satisfies, someRequirements, VALUES } from './label-universe';

describe('a witness that some labels escape a union of selectors', () => {
  it('is found exactly when some label set escapes, and escapes itself', () => {
    const unions = fc.array(someRequirements, { maxLength: 8 });
    fc.assert(
      fc.property(someRequirements, unions, (requirements, minus) => {
        agreesWithTryingEverything(requirements, minus);
      }),
      { numRuns: 2000 },
    );
  });

  it('is found or excluded also where the search must branch', () => {
    const someValues = fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 });
    const box = fc
      .tuple(someValues, someValues, someValues)
      .map((values) => KEYS.map((key, i): Requirement => ({ key, operator: 'In', values: values[i] })));
    const whole = KEYS.map((key): Requirement => ({ key, operator: 'In', values: VALUES }));
    const verdicts = new Set<string>();
    fc.assert(
      fc.property(fc.array(box, { minLength: 4, maxLength: 16 }), (minus) => {
        verdicts.add(agreesWithTryingEverything(whole, minus));
      }),
      { numRuns: 1000 },
    );
    expect([...verdicts].sort()).toEqual(['covered', 'found']);
  });

  it('is never claimed or excluded wrongly when the budget is small', () => {
    const unions = fc.array(someRequirements, { maxLength: 8 });
    fc.assert(
      fc.property(someRequirements, unions, fc.integer({ min: 0, max: 12 }), (requirements, minus, budget) => {
        const found = witness(fromRequirements(requirements), minus.map(fromRequirements), budget);
        if (found.kind !== 'undecided') expect(found.kind).toBe(verdictByTryingEverything(requirements, minus));
      }),
      { numRuns: 1000 },
    );
  });

  it('is undecided when the budget does not allow a look', () => {
    expect(witness(anything, [fromLabels({ app: 'a' })], 0)).toEqual({ kind: 'undecided' });
  });

  it('takes a value that the selector names before one that it does not', () => {
    const either = fromRequirements([{ key: 'app', operator: 'In', values: ['a', 'b'] }]);
    expect(witness(either, [fromLabels({ app: 'a' })])).toEqual({ kind: 'found', labels: { app: 'b' } });
  });

  it('prefers a word to the empty value', () => {
    const either = fromRequirements([{ key: 'app', operator: 'In', values: ['', 'b'] }]);
    expect(witness(either, [])).toEqual({ kind: 'found', labels: { app: 'b' } });
  });

  it('takes a readable value that nobody named where every named one is covered', () => {
    const present = fromRequirements([{ key: 'app', operator: 'Exists' }]);
    const minus = ['vllm', 'other', 'other-2'].map((app) => fromLabels({ app }));
    expect(witness(present, minus)).toEqual({ kind: 'found', labels: { app: 'other-3' } });
  });

  it('gives a namespace another name where its name is what covers', () => {
    const minus = [fromLabels({ [NAMESPACE_NAME_LABEL]: 'models' })];
    expect(witness(anything, minus)).toEqual({ kind: 'found', labels: { [NAMESPACE_NAME_LABEL]: 'other' } });
  });

  it('is not needed for nothing, and is not kept away by nothing', () => {
    expect(witness(nothing, [])).toEqual({ kind: 'covered' });
    expect(witness(anything, [nothing])).toEqual({ kind: 'found', labels: {} });
  });
});

describe('the search for a witness, at scale', () => {
  const many = (count: number, box: (i: number) => Requirement[]) =>
    Array.from({ length: count }, (_, i) => fromRequirements(box(i)));

  it('decides about thousands of values of one key', () => {
    const values = Array.from({ length: 2000 }, (_, i) => `w${i}`);
    const minus = values.map((app) => fromLabels({ app }));
    expect(witness(anything, minus)).toEqual({ kind: 'found', labels: {} });
    const oneOfThem = fromRequirements([{ key: 'app', operator: 'In', values }]);
    expect(witness(oneOfThem, minus)).toEqual({ kind: 'covered' });
    expect(witness(oneOfThem, minus.slice(1))).toEqual({ kind: 'found', labels: { app: 'w0' } });
  });

  it('decides about thousands of keys', () => {
    const present = many(5000, (i) => [{ key: `k${i}`, operator: 'Exists' }]);
    expect(witness(anything, present)).toEqual({ kind: 'found', labels: {} });
    const absent = many(5000, (i) => [{ key: `k${i}`, operator: 'DoesNotExist' }]);
    const found = witness(anything, absent);
    expect(found.kind === 'found' && Object.keys(found.labels).length).toBe(5000);
  });

  it('decides about thousands of pairs of keys', () => {
    const pairs = many(5000, (i) => [
      { key: `k${i}`, operator: 'In', values: ['a'] },
      { key: `k${i + 1}`, operator: 'In', values: ['b'] },
    ]);
    expect(witness(anything, pairs).kind).toBe('found');
  });

  it('is not led astray by many selectors that do not bear on what covers', () => {
    const pairs = many(200, (i) => [
      { key: `k${i}`, operator: 'In', values: ['a'] },
      { key: `l${i}`, operator: 'NotIn', values: ['b'] },
    ]);
    const halves = [
      fromRequirements([{ key: 'app', operator: 'Exists' }]),
      fromRequirements([{ key: 'app', operator: 'DoesNotExist' }]),
    ];
    expect(witness(anything, [...pairs, ...halves])).toEqual({ kind: 'covered' });
  });

  it('gives up, and says so, where coverage is a puzzle', () => {
    // Twelve pigeons in eleven holes: no two in one hole, so no assignment escapes; searching shows it only slowly.
    const holes = Array.from({ length: 11 }, (_, i) => `h${i}`);
    const pigeons = Array.from({ length: 12 }, (_, i) => `p${i}`);
    const whole = fromRequirements(pigeons.map((key) => ({ key, operator: 'In', values: holes })));
    const clashes = pigeons.flatMap((one, i) =>
      pigeons.slice(i + 1).flatMap((two) => holes.map((hole) => fromLabels({ [one]: hole, [two]: hole }))),
    );
    expect(witness(whole, clashes)).toEqual({ kind: 'undecided' });
  });
});

/** Asserts that the search and the trial of every label set agree, and says what they agree on. */
function agreesWithTryingEverything(requirements: readonly Requirement[], minus: readonly Requirement[][]): string {
  const union = minus.map(fromRequirements);
  const found = witness(fromRequirements(requirements), union);
  expect(found.kind).toBe(verdictByTryingEverything(requirements, minus));
  if (found.kind === 'found') {
    // A namespace has its name label whether or not the answer depends on it.
    const labels = { [NAMESPACE_NAME_LABEL]: 'z', ...found.labels };
    expect(satisfies(labels, requirements)).toBe(true);
    expect(minus.filter((other) => satisfies(labels, other))).toEqual([]);
    expect(union.filter((other) => matches(other, labels))).toEqual([]);
    expect(Object.values(labels).map(labelValueProblem).filter(Boolean)).toEqual([]);
  }
  return found.kind;
}

function verdictByTryingEverything(requirements: readonly Requirement[], minus: readonly Requirement[][]): string {
  const escapes = EVERY_LABELS.some(
    (labels) => satisfies(labels, requirements) && !minus.some((other) => satisfies(labels, other)),
  );
  return escapes ? 'found' : 'covered';
}
