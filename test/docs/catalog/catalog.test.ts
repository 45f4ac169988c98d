import { isGenerated } from '../generated';
import { catalogJson, catalogPage } from './page';

describe('the catalog in docs', () => {
  isGenerated('docs/catalog.md', catalogPage(), 'npm run catalog');
  isGenerated('docs/catalog.json', catalogJson(), 'npm run catalog');
});
