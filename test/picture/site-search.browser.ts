import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from '../../site/build';
import { browser, CHROMIUM, WITHOUT_BROWSER } from './browser';

if (CHROMIUM === undefined) console.warn(WITHOUT_BROWSER);
const described = CHROMIUM === undefined ? describe.skip : describe;

described('the search of the site, opened as files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  let chromium: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    build(folder);
    chromium = await browser();
  });
  afterAll(async () => {
    await chromium.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(() => expect(complaints).toEqual([]));

  async function opened(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await chromium.newPage(options);
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) complaints.push(request.url());
    });
    await page.goto(`file://${join(folder, name)}`);
    return page;
  }

  test('is reached and used by keys alone', async () => {
    const page = await opened('how-to/keep-weights-in.html');
    await page.keyboard.press('/');
    await page.keyboard.type('unnamed clients');
    await page.waitForSelector('#search li a');
    expect(await page.locator('#search p').textContent()).toMatch(/^\d+ found$|^The first 12 of \d+$/);
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate('document.activeElement.getAttribute("href")')).toMatch(/#unnamed-clients$/);
    await page.keyboard.press('ArrowUp');
    expect(await page.evaluate('document.activeElement.type')).toBe('search');
    await page.keyboard.press('Enter');
    await page.waitForURL(/unnamed-clients$/);
    await page.close();
  });

  test('says where nothing is found, and is cleared by Escape', async () => {
    const page = await opened('check.html');
    await page.keyboard.press('/');
    await page.keyboard.type('zzzzzz');
    await page.waitForFunction('document.querySelector("#search p").textContent !== ""');
    expect(await page.locator('#search p').textContent()).toBe('Nothing is found.');
    await page.keyboard.press('Escape');
    expect(await page.locator('#search input').inputValue()).toBe('');
    expect(await page.locator('#search p').textContent()).toBe('');
    await page.close();
  });

  test('leaves a key to who types, and puts words in as text', async () => {
    const page = await opened('check.html');
    await page.keyboard.press('/');
    await page.keyboard.type('dist/ <img src=x onerror=console.log(1)>');
    expect(await page.locator('#search input').inputValue()).toContain('dist/ <img');
    expect(await page.locator('#search img').count()).toBe(0);
    await page.close();
  });

  test('is not there without scripts', async () => {
    const page = await opened('check.html', { javaScriptEnabled: false });
    expect(await page.locator('#search').isVisible()).toBe(false);
    await page.close();
  });
});
