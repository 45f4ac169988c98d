import { readFileSync, writeFileSync } from 'node:fs';
import { Rule } from '../../../lib';
import { WAIVABLE } from '../../../lib/findings/waivable';
import { rulesPage } from './page';

describe('the page of the rules', () => {
  const page = rulesPage();

  // Some of the wrong values are made with a second copy of the library, which takes jest.
  beforeAll(() => {
    if (process.env['WRITE_RULES'] !== undefined) writeFileSync('docs/rules.md', page);
  });

  it('is what docs/rules.md shows: npm run rules writes it', () => {
    expect(readFileSync('docs/rules.md', 'utf8')).toBe(page);
  });

  it('has a section for every rule that can be acknowledged', () => {
    for (const rule of Object.keys(WAIVABLE)) expect(page).toContain(`\n### ${rule}\n`);
  });
});

describe('the ids in code', () => {
  it('are those that can be acknowledged, each under its own name', () => {
    const named = Object.entries(Rule).map(([name, id]) => [name.toLowerCase().replaceAll('_', '-'), id]);
    expect(named).toEqual(Object.keys(WAIVABLE).map((id) => [id, id]));
  });
});
