// Pages that show a command with what it prints show what it really prints: each block of `sh` with a block of `text` behind
// it is run in process. And every page of the site is there, with links that lead somewhere, as those of the README do.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PolicyProof } from '../../lib';
import { build } from '../../site/build';
import { anchorsIn } from '../../site/headings';
import { run } from '../cli/run';
import { appOf } from './page-example';

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

it('the start shows the platform that its init writes', async () => {
  const guide = readFileSync('docs/start/ten-minutes.md', 'utf8');
  const [, line = ''] = /^npx cdk8s-zero-trust (init .+)$/m.exec(guide) ?? [];
  const cwd = mkdtempSync(join(tmpdir(), 'start-'));
  try {
    expect((await run(line.split(' '), { cwd })).code).toBe(0);
    expect(guide).toContain(`\`\`\`ts\n${readFileSync(join(cwd, 'app/platform.ts'), 'utf8')}\`\`\``);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
});

it('the start shows the first line that its synthesis prints', () => {
  const guide = readFileSync('docs/start/ten-minutes.md', 'utf8');
  const [, shown] = /```sh\nnpm run synth\n```\n\n```text\n([^\n]+)\n```/.exec(guide) ?? [];
  const app = appOf('start/ten-minutes.md', [/$/, '\nconst app = platform();']);
  expect(PolicyProof.of(app).toText().split('\n')[0]).toBe(shown);
});

it('every link of the README, of CONTRIBUTING and of docs leads to a file, and to a heading where it names one', () => {
  const inDocs = readdirSync('docs', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  const files = ['README.md', 'CONTRIBUTING.md', ...inDocs.map((name) => join('docs', name))];
  const links = files.flatMap((file) => linksOf(file).map((link) => ({ file, link })));
  expect(links.length).toBeGreaterThan(100);
  expect(links.filter(({ file, link }) => !leadsSomewhere(file, link))).toEqual([]);
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
    expect(repeatedIds(folder)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** The relative links of a page, outside of code. */
function linksOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/`[^`\n]*`/g, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link).filter((link) => !/^[a-z]+:/.test(link));
}

function leadsSomewhere(file: string, link: string): boolean {
  const [path, anchor] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || !target.endsWith('.md') || anchorsIn(readFileSync(target, 'utf8')).has(anchor);
}

/** Anchors that a page of the site has twice, so that a link to the second leads to the first. */
function repeatedIds(folder: string): string[] {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
  return pages.flatMap((name) => {
    const ids = [...readFileSync(join(folder, name), 'utf8').matchAll(/<h\d id="([^"]*)"/g)].map(([, id]) => id);
    const repeated = new Set(ids.filter((id, position) => ids.indexOf(id) !== position));
    return [...repeated].map((id) => `${name}#${id}`);
  });
}
