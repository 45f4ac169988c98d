import { Rule } from '../../../lib';
import { WAIVABLE } from '../../../lib/findings/waivable';
import { isGenerated } from '../generated';
import { rulesPage } from './page';

describe('the page of the rules', () => {
  const page = rulesPage();

  isGenerated('docs/rules.md', page, 'npm run rules');

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
