import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../cli/run';
import { browser, CHROMIUM, WITHOUT_BROWSER } from './browser';

/** The pictures of the documents, in both colours: `npm run screenshots` writes them. */
const PICTURES: Readonly<Record<string, readonly string[]>> = {
  guide: ['graph', 'examples/guide', '--check'],
  'ai-service-mesh': ['graph', 'dist/ai-service-mesh', '--declared'],
};

async function main(): Promise<void> {
  if (CHROMIUM === undefined) throw new Error(WITHOUT_BROWSER);
  const folder = mkdtempSync(join(tmpdir(), 'screenshots-'));
  const started = await browser();
  try {
    for (const [name, argv] of Object.entries(PICTURES)) {
      const path = join(folder, `${name}.html`);
      const { code, err } = await run([...argv, '--quiet', '--format', 'html', '--output', path]);
      if (code !== 0) throw new Error(err);
      for (const colorScheme of ['light', 'dark'] as const) {
        const page = await started.newPage({ viewport: { width: 1280, height: 760 }, colorScheme });
        await page.goto(`file://${path}`);
        const suffix = colorScheme === 'dark' ? '-dark' : '';
        await page.screenshot({ path: `docs/images/${name}${suffix}.png` });
        await page.close();
      }
    }
  } finally {
    await started.close();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
