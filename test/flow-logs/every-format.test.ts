import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FORMATS } from '../../lib/flow-logs/formats';
import { flowLogsPage } from '../docs/flow-logs/page';

const folder = join(__dirname, 'formats');
const tests = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));

it.each(FORMATS.map(({ name }) => name))('the records of the sample of %s are worked out in a test', (name) => {
  const worked = tests.filter((text) => text.includes(`'${name}'`) && text.includes('records'));
  expect(worked.length).toBeGreaterThan(0);
});

it('the page of the logs says how each is had', () => {
  expect(flowLogsPage()).not.toContain('undefined');
});
