import { readFileSync } from 'node:fs';
import { Catalog } from '../../../lib';
import { isGenerated } from '../generated';
import { catalogJson, catalogPage } from './page';

describe('the catalog in docs', () => {
  isGenerated('docs/catalog.md', catalogPage(), 'npm run catalog');
  isGenerated('docs/catalog.json', catalogJson(), 'npm run catalog');

  it.each([
    ['README.md', /Known systems\*\*: (\d+) of them/],
    ['CHANGELOG.md', /It knows (\d+) AI systems/],
    ['CHANGELOG.md', /`Catalog` \((\d+) systems/],
    ['docs/using-the-catalog.md', /knows (\d+) systems/],
  ])('is as large as %s says: %p', (page, said) => {
    expect(Number(said.exec(readFileSync(page, 'utf8'))?.[1])).toBe(Catalog.ids().length);
  });
});
