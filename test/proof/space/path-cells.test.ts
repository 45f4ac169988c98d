import fc from 'fast-check';
import { matchesPath, type PathPattern } from '../../../lib/model/request-match';
import { pathCells } from '../../../lib/proof/space/path-cells';

const LITERALS = ['a', 'b', '', 'any', '*'];
const patterns: fc.Arbitrary<PathPattern[]> = fc.array(
  fc.record({
    segments: fc.array(fc.option(fc.constantFrom(...LITERALS), { nil: undefined }), { maxLength: 3 }),
    below: fc.boolean(),
  }),
  { maxLength: 5 },
);

/** Every path of up to four segments over the literals and one word that no pattern has. */
const words = [...LITERALS, 'fresh'];
const paths = [
  '*',
  ...[1, 2, 3, 4].flatMap((length) =>
    Array.from({ length: words.length ** length }, (_, n) =>
      Array.from({ length }, (_word, i) => words[Math.floor(n / words.length ** i) % words.length]),
    ).map((segments) => `/${segments.join('/')}`),
  ),
];

describe('paths cut into cells', () => {
  it('have a cell for each way in which patterns tell paths apart, called by a path that is in it', () => {
    fc.assert(
      fc.property(patterns, (all) => {
        const cells = pathCells(all);
        if (cells === undefined) throw new Error('too many');
        const signature = (path: string) => all.map((pattern) => Number(matchesPath(pattern, path))).join('');
        const bySamples = new Set(all.flatMap((pattern) => cells.cellsIn(pattern)));
        for (const sample of bySamples) {
          expect(all.map((pattern) => Number(cells.cellsIn(pattern).includes(sample))).join('')).toBe(
            signature(sample),
          );
        }
        const expected = new Set(paths.map(signature).filter((each) => each.includes('1')));
        expect([...bySamples].map(signature).sort()).toEqual([...expected].sort());
        expect(signature(cells.unmatched)).not.toContain('1');
      }),
      { seed: 21, numRuns: 200 },
    );
  });

  it('are called by a plain path where no pattern has it', () => {
    expect(pathCells([{ segments: ['v1'], below: true }])?.unmatched).toBe('/');
    expect(pathCells([{ segments: [], below: true }])?.unmatched).toBe('*');
  });

  it('are given up where patterns overlap in too many ways', () => {
    const many = Array.from({ length: 14 }, (_, i) => ({
      segments: Array.from({ length: 14 }, (_segment, at) => (at === i ? 'x' : undefined)),
      below: false,
    }));
    expect(pathCells(many)).toBeUndefined();
  });
});
