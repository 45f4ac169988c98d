import { readFileSync, writeFileSync } from 'node:fs';
import { flowsPage } from './page';

const PAGE = 'docs/flows.md';

it(`is what ${PAGE} shows: npm run flows:docs writes it`, async () => {
  const text = await flowsPage();
  if (process.env['WRITE_DOCS'] !== undefined) writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, 'utf8')).toBe(text);
});
