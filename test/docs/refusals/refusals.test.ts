// Guides say what is refused, warned of and found. Each of these sentences is tried, with the rule that it names and the words
// that a user reads; a page that says more of it than is tried fails.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Claim } from './claim';
import { ELSEWHERE, pieces, rulesNamed, sentencesThatClaim } from './claims-made';
import { EXPLANATION } from './explanation';
import { HOW_TO } from './how-to';
import { REFERENCE } from './reference';

const CLAIMS: Readonly<Record<string, readonly Claim[]>> = { ...HOW_TO, ...EXPLANATION, ...REFERENCE };

const outdir = mkdtempSync(join(tmpdir(), 'refusals-'));
beforeAll(() => {
  process.env['CDK8S_OUTDIR'] = outdir;
});
afterAll(() => {
  delete process.env['CDK8S_OUTDIR'];
  rmSync(outdir, { recursive: true });
});

describe.each(Object.entries(CLAIMS))('%s', (page, claims) => {
  it.each(claims.map((claim) => [claim.says, claim.rule ?? 'no rule', claim] as const))(
    'says: %s (%s)',
    async (says, _, { read, words }) => {
      expect(readFileSync(join('docs', page), 'utf8')).toContain(says);
      expect(await read()).toMatch(words);
    },
  );
});

describe('what guides say is refused, warned of or found', () => {
  it.each(sentencesThatClaim())('%s: %s', (page, sentence) => {
    const elsewhere = ELSEWHERE.filter((one) => one.page === page && pieces(one.says, sentence));
    const tried = (CLAIMS[page] ?? []).filter(({ says }) => pieces(says, sentence));
    const ids = [...tried, ...elsewhere].flatMap(({ rule }) => rule ?? []);
    expect(tried.length + elsewhere.length).toBeGreaterThan(0);
    expect(rulesNamed(sentence).filter((rule) => !ids.includes(rule) && elsewhere.length === 0)).toEqual([]);
  });

  it('and is tried elsewhere is tried there', () => {
    for (const { page, says, by } of ELSEWHERE) {
      expect(readFileSync(join('docs', page), 'utf8')).toContain(says);
      expect([by, existsSync(by)]).toEqual([by, true]);
    }
  });
});
