import { readFileSync, writeFileSync } from 'node:fs';
import { loadBalancersPage } from './page';

describe('the page of the load balancers', () => {
  const page = loadBalancersPage();

  beforeAll(() => {
    if (process.env['WRITE_LOAD_BALANCERS'] !== undefined) writeFileSync('docs/load-balancers.md', page);
  });

  it('is what docs/load-balancers.md shows: npm run load-balancers writes it', () => {
    expect(readFileSync('docs/load-balancers.md', 'utf8')).toBe(page);
  });
});
