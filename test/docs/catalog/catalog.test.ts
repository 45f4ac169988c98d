import { readFileSync, writeFileSync } from 'node:fs';
import { catalogJson, catalogPage } from './page';

const FILES = { 'docs/catalog.md': catalogPage(), 'docs/catalog.json': catalogJson() };

describe('the catalog in docs', () => {
  beforeAll(() => {
    if (process.env['WRITE_CATALOG'] === undefined) return;
    for (const [path, text] of Object.entries(FILES)) writeFileSync(path, text);
  });

  it.each(Object.entries(FILES))('is what %s shows: npm run catalog writes it', (path, text) => {
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
