// Pages that show a command with what it prints show what it really prints: each block of `sh` with a block of `text` behind
// it is run in process. And every page of the site is there, with links that lead somewhere.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../site/build';
import { run } from '../cli/run';

const FOLDERS = ['start', 'how-to', 'explanation'];

const pages = FOLDERS.flatMap((folder) =>
  readdirSync(join('docs', folder)).map((name) => join('docs', folder, name)),
).sort();

/** `npx cdk8s-zero-trust …`, and what is shown behind it. */
const shown = pages.flatMap((page) =>
  [...readFileSync(page, 'utf8').matchAll(/```sh\nnpx cdk8s-zero-trust ([^\n]+)\n```\n\n```text\n([\s\S]*?)```/g)].map(
    ([, line, text]) => [page, line, text] as const,
  ),
);

it.each(shown)('%s shows what %s prints', async (_, line, text) => {
  expect((await run(line.split(' '))).out.trimEnd()).toBe(text.trimEnd());
});

it('shows something', () => {
  expect(shown.length).toBeGreaterThan(1);
});

it('every page of these folders is in the site', () => {
  const site = readFileSync('docs/site.json', 'utf8');
  expect(pages.filter((page) => !site.includes(`"${page.slice('docs/'.length)}"`))).toEqual([]);
});

it('the site is built, and every link in it leads somewhere', () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  try {
    const { problems } = build(folder);
    expect(problems).toEqual([]);
    expect(existsSync(join(folder, 'start/ten-minutes.html'))).toBe(true);
    expect(readFileSync(join(folder, 'how-to/keep-weights-in.html'), 'utf8')).toContain('href="../quality.html');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
