import { readFileSync, writeFileSync } from 'node:fs';
import { CHECKS, checkLink } from '../../../lib/checks';
import { checksPage } from './page';

describe('the page of the checks', () => {
  const page = checksPage();

  beforeAll(() => {
    if (process.env['WRITE_CHECKS'] !== undefined) writeFileSync('docs/checks.md', page);
  });

  it('is what docs/checks.md shows: npm run checks:docs writes it', () => {
    expect(readFileSync('docs/checks.md', 'utf8')).toBe(page);
  });

  it('has the section that the link of each rule leads to', () => {
    for (const { id } of CHECKS) {
      expect(checkLink(id).endsWith(`docs/checks.md#${id}`)).toBe(true);
      expect(page).toContain(`\n## ${id}\n`);
    }
  });
});
