import { CHECKS, checkLink } from '../../../lib/checks';
import { isGenerated } from '../generated';
import { checksPage } from './page';

describe('the page of the checks', () => {
  const page = checksPage();

  isGenerated('docs/checks.md', page, 'npm run checks:docs');

  it('has the section that the link of each rule leads to', () => {
    for (const { id } of CHECKS) {
      expect(checkLink(id).endsWith(`docs/checks.md#${id}`)).toBe(true);
      expect(page).toContain(`\n## ${id}\n`);
    }
  });
});
