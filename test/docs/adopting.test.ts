// The page on adoption shows what the command really prints.
import { readFileSync } from 'node:fs';
import { run } from '../cli/run';

it('shows the output of the command on the guide', async () => {
  const page = readFileSync('docs/adopting.md', 'utf8');
  const { out } = await run(['adopt', 'examples/guide', '--quiet']);
  const [, shown] = /```text\n([\s\S]*?)```/.exec(page) ?? [];
  expect(shown).toBe(out);
});
