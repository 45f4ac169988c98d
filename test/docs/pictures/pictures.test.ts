// Pages show the graph of their examples as a picture, which `graph --declared` draws: `npm run pictures:docs` writes them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PolicyGraph } from '../../../lib';
import { run } from '../../cli/run';
import { appNamed } from '../page-example';

/** Examples that are functions, by what they make an app of. */
const CALLS: Readonly<Record<string, string>> = { 'ten-minutes': 'platform()' };

const pages = readdirSync('docs', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .sort();
const shown = pages.flatMap((page) =>
  [...readFileSync(join('docs', page), 'utf8').matchAll(/!\[[^\]]+\]\((?:\.\.\/)?images\/([a-z-]+)\.svg\)/g)].map(
    ([, name]) => [page, name] as const,
  ),
);

it.each(shown)('%s shows %s as it is drawn', async (page, name) => {
  const path = join('docs/images', `${name}.svg`);
  const svg = await drawn(page, name);
  if (process.env['WRITE_DOCS'] !== undefined) writeFileSync(path, svg);
  expect(readFileSync(path, 'utf8')).toBe(svg);
});

it('there is no picture that no page shows', () => {
  const drawings = readdirSync('docs/images').filter((name) => name.endsWith('.svg'));
  expect(drawings.sort()).toEqual([...new Set(shown.map(([, name]) => `${name}.svg`))].sort());
});

async function drawn(page: string, name: string): Promise<string> {
  const cwd = mkdtempSync(join(tmpdir(), 'picture-'));
  const outdir = process.env['CDK8S_OUTDIR'];
  process.env['CDK8S_OUTDIR'] = join(cwd, 'dist');
  try {
    const call = CALLS[name];
    const app = appNamed(page, name, ...(call === undefined ? [] : [[/$/, `\nconst app = ${call};`] as const]));
    mkdirSync(join(cwd, name));
    writeFileSync(join(cwd, name, 'graph.json'), PolicyGraph.of(app).toJson());
    const { out, err, code } = await run(['graph', name, '--declared', '--format', 'svg'], { cwd });
    if (code !== 0) throw new Error(err);
    return out;
  } finally {
    if (outdir === undefined) delete process.env['CDK8S_OUTDIR'];
    else process.env['CDK8S_OUTDIR'] = outdir;
    rmSync(cwd, { recursive: true });
  }
}
