import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { graphviz } from '../../lib/picture/graphviz';
import { page as pageOf } from '../../lib/picture/page';
import { run } from '../cli/run';
import { HOSTILE } from '../report/hostile';
import { browser, CHROMIUM, WITHOUT_BROWSER } from './browser';
import { pictureOfWord } from './worlds';

if (CHROMIUM === undefined) console.warn(WITHOUT_BROWSER);
const described = CHROMIUM === undefined ? describe.skip : describe;

described('the page in a browser', () => {
  const folder = mkdtempSync(join(tmpdir(), 'page-'));
  const path = join(folder, 'guide.html');
  let chromium: Browser;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    chromium = await browser();
    const { code, err } = await run(['graph', 'examples/guide', '--check', '--format', 'html', '--output', path]);
    expect([code, err]).toEqual([0, '']);
  });
  afterAll(async () => {
    await chromium.close();
    rmSync(folder, { recursive: true });
  });
  beforeEach(async () => {
    page = await opened(path);
  });
  afterEach(async () => {
    expect(complaints).toEqual([]);
    await page.close();
  });

  /** A page without network, whose console has to stay silent: what its policy blocks is an error there. */
  async function opened(file: string): Promise<Page> {
    complaints = [];
    const made = await chromium.newPage({ viewport: { width: 1280, height: 760 } });
    made.on('console', (message) => complaints.push(message.text()));
    made.on('pageerror', (error) => complaints.push(String(error)));
    made.on('dialog', (dialog) => complaints.push(dialog.message()));
    made.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await made.goto(`file://${file}`);
    return made;
  }

  const rows = () => page.locator('#rows tr:visible').count();
  const status = () => page.locator('#status').textContent();

  test('shows every connection at first, in the drawing and in the table.', async () => {
    expect(await status()).toMatch(/^All \d+ connections are shown[.]$/);
    expect(await page.locator('figure[data-layout="whole"] svg .node').count()).toBeGreaterThan(5);
    expect(await rows()).toBe(Number(/\d+/.exec((await status()) ?? '')?.[0]));
  });

  test('searches: only what has the word stays, and the number of it is said.', async () => {
    const all = await rows();
    await page.fill('#search', 'weaviate');
    expect(await rows()).toBe(1);
    expect(await status()).toBe(`1 of ${all} connections are shown.`);
    await page.click('#clear');
    expect(await rows()).toBe(all);
  });

  test('filters by port, by namespace and by findings.', async () => {
    const all = await rows();
    await page.fill('#port', '9000');
    expect(await page.locator('#rows tr:visible').textContent()).toContain('model-storage');
    await page.fill('#port', '');
    await page.selectOption('#island', { label: 'ai-agents' });
    expect(await rows()).toBeLessThan(all);
    await page.selectOption('#island', '');
    await page.selectOption('#only', 'found');
    expect(await rows()).toBeGreaterThan(0);
    expect(await rows()).toBeLessThan(all);
  });

  test('says of a workload that is clicked what is known of it, with file and line of what decides.', async () => {
    await page.locator('figure[data-layout="whole"] .node', { hasText: 'vllm' }).click();
    expect(await page.locator('#details').textContent()).toContain('vllm');
    await page.locator('#rows tr', { hasText: 'model-storage' }).click();
    expect(await page.locator('#details').textContent()).toMatch(/allow-to-storage[\s\S]*policies[.]yaml/);
  });

  test('folds namespaces, and unfolds them.', async () => {
    const hidden = () => page.locator('figure[data-layout="whole"] .node.is-hidden').count();
    expect(await hidden()).toBe(0);
    await page.click('#fold-all');
    expect(await hidden()).toBeGreaterThan(4);
    await page.click('#unfold-all');
    expect(await hidden()).toBe(0);
  });

  test('draws what nothing passes over as its legend says, also where there is a finding about it.', async () => {
    const stroke = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).stroke`);
    expect(await stroke('figure .found.mark-half-open .curve')).toBe(await stroke('#legend .mark-half-open .curve'));
    expect(await stroke('#legend .mark-half-open .curve')).not.toBe(await stroke('#legend .found .curve'));
  });

  test('is used by keyboard: one stop in the drawing, arrow keys from there, Enter chooses, Escape clears.', async () => {
    const stops = page.locator('figure:not([hidden]) [tabindex="0"]');
    expect(await stops.count()).toBe(1);
    await stops.focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    expect(await page.locator('#details').textContent()).not.toContain('Choose a namespace');
    await page.keyboard.press('Escape');
    expect(await page.locator('#details').textContent()).toContain('Choose a namespace');
  });

  test('is dark where the reader wants it, and prints without its controls.', async () => {
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const light = await background();
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await background()).not.toBe(light);
    await page.emulateMedia({ media: 'print', colorScheme: 'light' });
    expect(await page.locator('#asked').isVisible()).toBe(false);
    expect(await page.locator('#table').isVisible()).toBe(true);
  });

  test.each(Object.entries(HOSTILE))('does nothing with %s but show it.', async (_, text) => {
    const file = join(folder, 'hostile.html');
    writeFileSync(file, pageOf(pictureOfWord(text), await graphviz()));
    await page.close();
    page = await opened(file);
    expect(await status()).toBe('All 2 connections are shown.');
    await page.locator('#rows tr').first().click();
    await page.locator('figure:not([hidden]) .node').first().click();
    expect(await page.locator('img, iframe, body script:not([type]):not(:last-child)').count()).toBe(0);
  });
});
