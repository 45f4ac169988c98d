import { readFileSync } from 'node:fs';
import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { plainJsonl } from '../../lib/flow-logs/formats/plain-jsonl';
import { PLAIN_FLOW } from '../../lib/flow-logs/formats/plain-shape';
import type { Shape } from '../../lib/flow-logs/reading/shape';
import { sample } from './read';

const isValid = new Ajv({ strict: true }).compile(
  JSON.parse(readFileSync('docs/schemas/flow-log.schema.json', 'utf8')),
);

function isRead(value: unknown): boolean {
  const { records, notes } = plainJsonl.reader().line(JSON.stringify(value), 1);
  expect(records.length + notes.length).toBe(1);
  return records.length === 1;
}

const times = fc.constantFrom(
  '2026-11-27T10:00:00Z',
  '2026-11-27T11:00:00.5+01:00',
  '2026-02-31T10:00:00Z',
  '2026-11-27T24:00:00Z',
  '2026-11-27T10:00:00',
  '2026-13-27T10:00:00Z',
  'yesterday',
);

/** Values of a shape, and near ones. */
function near(shape: Shape): fc.Arbitrary<unknown> {
  const strange = fc.constantFrom<unknown>(null, '', 'x', 0, 1, 1.5, true, [], {}, { name: 'x' }, ['x']);
  return fc.oneof({ weight: 30, arbitrary: of(shape) }, { weight: 1, arbitrary: strange });
}

function of(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.type) {
    case 'string':
      if (shape.enum !== undefined) return fc.constantFrom(...shape.enum);
      return shape.pattern === undefined ? fc.string({ minLength: 1, maxLength: 3 }) : times;
    case 'integer':
      return fc.oneof(fc.integer({ min: shape.minimum - 1, max: 70_000 }), fc.constant(shape.maximum));
    case 'boolean':
      return fc.boolean();
    case 'array':
      return fc.array(near(shape.items), { maxLength: 2 });
    case 'object':
      if (!('properties' in shape)) return fc.dictionary(fc.string({ maxLength: 3 }), near(shape.additionalProperties));
      return fc.record(
        {
          ...Object.fromEntries(Object.entries(shape.properties).map(([key, one]) => [key, near(one)])),
          ...(shape.properties['verdict'] === undefined ? {} : { other: fc.constant(1) }),
        },
        { noNullPrototype: true },
      );
  }
}

describe('the schema of our own logs', () => {
  it('is what the reader takes, and no more', () => {
    let valid = 0;
    let seen = 0;
    fc.assert(
      fc.property(sparse(near(PLAIN_FLOW)), (value) => {
        const expected = isValid(value);
        seen++;
        if (expected) valid++;
        expect([value, isRead(value)]).toEqual([value, expected]);
      }),
      { numRuns: 3000 },
    );
    // Both answers are given often.
    expect(valid / seen).toBeGreaterThan(0.1);
    expect(valid / seen).toBeLessThan(0.9);
  });

  it.each(sample('jsonl').toString().trim().split('\n'))('says the same of %s', (line) => {
    expect(isRead(JSON.parse(line))).toBe(isValid(JSON.parse(line)));
  });
});

/** With most of the fields left out, since each of them may be what is wrong. */
function sparse(values: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(values, fc.infiniteStream(fc.integer({ min: 0, max: 9 })))
    .map(([value, chance]) => thinned(value, chance));
}

const KEPT = new Set(['source', 'destination', 'verdict', 'name', 'addresses']);

function thinned(value: unknown, chance: Iterator<number>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => chance.next().value < (KEPT.has(key) ? 9.5 : 2))
      .map(([key, one]) => [key, thinned(one, chance)]),
  );
}
