import * as fc from 'fast-check';
import {
  exactHost,
  type HostPattern,
  hostImplies,
  hostText,
  matchesHost,
  sampleHosts,
} from '../../lib/model/host-pattern';

// Every name of up to five labels of three, of which patterns use two: what patterns of up to three labels mean shows here.
const LABELS = ['a', 'b', 'unused'];
const namesOf = (length: number): string[] =>
  length === 1 ? LABELS : namesOf(length - 1).flatMap((rest) => LABELS.map((label) => `${label}.${rest}`));
const EVERY_NAME = [1, 2, 3, 4, 5].flatMap(namesOf);

const EVERY_PATTERN: readonly HostPattern[] = [
  { kind: 'any' },
  ...['a', 'b', 'a.b', 'b.a', 'a.a', 'b.a.a'].flatMap((domain): HostPattern[] => [
    exactHost(domain),
    { kind: 'one-label', under: domain },
    { kind: 'any-depth', under: domain },
  ]),
];
const somePattern = fc.constantFrom(...EVERY_PATTERN);

/** What the wildcards mean, as expressions. */
function isMeant(pattern: HostPattern, name: string): boolean {
  if (pattern.kind === 'exact') return pattern.name === name;
  if (pattern.kind === 'one-label') return new RegExp(`^[^.]+[.]${pattern.under}$`).test(name);
  return (
    pattern.kind === 'any' || (pattern.kind === 'any-depth' && new RegExp(`^([^.]+[.])+${pattern.under}$`).test(name))
  );
}

/** Which of the patterns each of the names is in, each way once. */
function waysOf(patterns: readonly HostPattern[], names: readonly string[]): string[] {
  return [...new Set(names.map((name) => patterns.map((pattern) => Number(isMeant(pattern, name))).join('')))].sort();
}

const oneLabel: HostPattern = { kind: 'one-label', under: 'example.com' };
const anyDepth: HostPattern = { kind: 'any-depth', under: 'example.com' };
const opaque = (text: string): HostPattern => ({ kind: 'opaque', text });

describe('a pattern of host names', () => {
  it('has the names that it means', () => {
    for (const pattern of EVERY_PATTERN) {
      const names = EVERY_NAME.filter((name) => matchesHost(pattern, name));
      expect([hostText(pattern), names]).toEqual([
        hostText(pattern),
        EVERY_NAME.filter((name) => isMeant(pattern, name)),
      ]);
    }
  });

  it('takes neither the domain for a name under it, nor a name that only ends alike, nor an empty label', () => {
    for (const pattern of [oneLabel, anyDepth]) {
      expect(matchesHost(pattern, 'api.example.com')).toBe(true);
      expect(matchesHost(pattern, 'example.com')).toBe(false);
      expect(matchesHost(pattern, 'badexample.com')).toBe(false);
      expect(matchesHost(pattern, '.example.com')).toBe(false);
    }
  });

  it('implies another exactly when the other has all its names', () => {
    for (const a of EVERY_PATTERN) {
      for (const b of EVERY_PATTERN) {
        const within = EVERY_NAME.every((name) => !isMeant(a, name) || isMeant(b, name));
        expect([hostText(a), hostText(b), hostImplies(a, b)]).toEqual([hostText(a), hostText(b), within]);
      }
    }
  });

  it('that is not understood is decided about no name, and is within itself and within all names alone', () => {
    expect(matchesHost(opaque('api[0-9]'), 'api0')).toBeUndefined();
    expect(hostImplies(opaque('api[0-9]'), opaque('api[0-9]'))).toBe(true);
    expect(hostImplies(opaque('api[0-9]'), opaque('api[1-9]'))).toBe(false);
    expect(hostImplies(opaque('api[0-9]'), { kind: 'any' })).toBe(true);
    expect(hostImplies({ kind: 'any' }, opaque('api[0-9]'))).toBe(false);
    // What reads alike need not mean the same.
    expect(hostImplies(exactHost('api'), opaque('api'))).toBe(false);
    expect(hostImplies(opaque('api'), exactHost('api'))).toBe(false);
  });

  it('is written with a star for one label and two for any depth', () => {
    expect(
      [exactHost('example.com'), oneLabel, anyDepth, { kind: 'any' } as const, opaque('x?')].map(hostText),
    ).toEqual(['example.com', '*.example.com', '**.example.com', '*', 'x?']);
  });
});

describe('sample names of patterns', () => {
  it('are in the patterns in every way in which a name can be', () => {
    fc.assert(
      fc.property(fc.array(somePattern, { maxLength: 4 }), (patterns) => {
        expect(waysOf(patterns, sampleHosts(patterns))).toEqual(waysOf(patterns, EVERY_NAME));
      }),
      { numRuns: 300 },
    );
  });

  it('are sorted, each once, and have a label that no pattern uses', () => {
    const patterns = [exactHost('any.example.com'), oneLabel, anyDepth, opaque('anyx'), exactHost('any.example.com')];
    expect(sampleHosts(patterns)).toEqual([
      'any.example.com',
      'anyx.anyx.example.com',
      'anyx.example.com',
      'anyx.invalid',
    ]);
    expect(sampleHosts([exactHost('anyx.any')])).toEqual(['anyx.any', 'anyxx.invalid']);
  });
});
