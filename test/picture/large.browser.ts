import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { run } from '../cli/run';
import { denyAll, workload } from '../cli/worlds';
import { browser, CHROMIUM, WITHOUT_BROWSER } from './browser';
import { platform } from './worlds';

if (CHROMIUM === undefined) console.warn(WITHOUT_BROWSER);
const described = CHROMIUM === undefined ? describe.skip : describe;

let folder = '';
let chromium: Browser;
let page: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'large-'));
  if (CHROMIUM !== undefined) chromium = await browser();
});
afterAll(async () => {
  await chromium?.close();
  rmSync(folder, { recursive: true });
});
afterEach(() => page?.close());

async function opened(file: string): Promise<void> {
  page = await chromium.newPage({ viewport: { width: 1280, height: 760 } });
  page.on('pageerror', (error) => {
    throw error;
  });
  await page.goto(`file://${file}`);
}

/** Writes manifests, and gives the path of a picture of them. */
async function drawn(command: readonly string[], name: string): Promise<string> {
  const file = join(folder, name);
  const { code, err } = await run([...command, '--quiet', '--output', file]);
  expect([code < 2, err]).toEqual([true, '']);
  return file;
}

described('a page of 500 workloads', () => {
  let file = '';
  beforeAll(async () => {
    const manifests = join(folder, 'large.yaml');
    writeFileSync(manifests, platform(20, 25));
    file = await drawn(['graph', manifests, '--format', 'html'], 'large.html');
  });

  const status = () => page.locator('#status').textContent();
  const visible = (layout: string, what: string) =>
    page.locator(`figure[data-layout="${layout}"] ${what}:not(.is-hidden):visible`).count();

  test('opens with its namespaces, small enough to send.', async () => {
    expect(readFileSync(file).length).toBeLessThan(3_000_000);
    await opened(file);
    // 20 teams and kube-system; beside them everybody, who resolves names, and the addresses that the resolver is open to.
    expect(await visible('islands', '.node')).toBe(23);
    // Each team asks the next one; everybody the resolver, which passes to addresses and from them.
    expect(await visible('islands', '.line')).toBe(20 + 1 + 2);
    expect(await visible('whole', '.node')).toBe(0);
    expect(await page.locator('figure[data-layout="islands"]').textContent()).toContain('25 workloads');
    expect(await status()).toBe('All 503 connections are shown.');
  });

  test('shows every workload where that is asked for, folds them, and unfolds one namespace.', async () => {
    await opened(file);
    await page.check('input[name="layout"][value="whole"]');
    expect(await visible('whole', '.node')).toBe(503);
    expect(await visible('islands', '.node')).toBe(0);
    await page.click('#fold-all');
    // Everybody and addresses are in no namespace.
    expect(await visible('whole', '.node')).toBe(2);
    await page.locator('figure[data-layout="whole"] .frame', { hasText: /^team-3$/ }).click();
    await page.getByRole('button', { name: 'Unfold this namespace' }).click();
    expect(await visible('whole', '.node')).toBe(2 + 25);
    await page.click('#unfold-all');
    expect(await visible('whole', '.node')).toBe(503);
  });

  test('answers a search before a reader would notice.', async () => {
    await opened(file);
    await page.check('input[name="layout"][value="whole"]');
    const begin = Date.now();
    await page.fill('#search', 'app-7');
    await page.locator('#status', { hasText: /^40 of/ }).waitFor();
    expect(Date.now() - begin).toBeLessThan(2000);
    // Of each team app-7 asks app-8 of the next, and app-6 asks app-7.
    expect(await status()).toBe('40 of 503 connections are shown.');
    expect(await page.locator('#rows tr:visible').count()).toBe(40);
    await page.click('#clear');
    expect(await status()).toBe('All 503 connections are shown.');
  });

  test('shows everything to and from a workload that is clicked.', async () => {
    await opened(file);
    await page.fill('#search', 'app-0');
    await page.locator('#rows tr:visible').first().click();
    expect(await page.locator('#details').textContent()).toMatch(/app-0[\s\S]*large[.]yaml/);
  });
});

described('a page of a difference', () => {
  const flows = (ends: Readonly<Record<string, readonly number[]>>) =>
    [
      ...['a', 'b', 'c', 'd', 'e', 'f'].map((name) => workload(`x/${name}`)),
      denyAll('x'),
      ...Object.entries(ends).flatMap(([to, ports]) => [
        policy(to, 'egress', 'a', to, ports),
        policy(to, 'ingress', to, 'a', ports),
      ]),
    ].join('---\n');

  function policy(name: string, direction: 'egress' | 'ingress', of: string, peer: string, ports: readonly number[]) {
    const way = direction === 'egress' ? 'to' : 'from';
    return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${direction}-${name}, namespace: x }
spec:
  podSelector: { matchLabels: { app: ${of} } }
  policyTypes: [${direction === 'egress' ? 'Egress' : 'Ingress'}]
  ${direction}: [{ ${way}: [{ podSelector: { matchLabels: { app: ${peer} } } }], ports: [${ports.map((port) => `{ port: ${port} }`).join(', ')}] }]
`;
  }

  let file = '';
  beforeAll(async () => {
    for (const side of ['old', 'new']) mkdirSync(join(folder, side));
    const [old, own] = ['old', 'new'].map((side) => join(folder, side, 'all.yaml'));
    writeFileSync(old, flows({ b: [80], d: [80], e: [80, 81], f: [80] }));
    writeFileSync(own, flows({ c: [80], d: [80, 81], e: [80], f: [80] }));
    file = await drawn(['diff', old, own, '--format', 'html'], 'diff.html');
  });

  // As text: what runs in the page knows the page's types, and nothing here does.
  /** What a line is drawn with, by its mark. */
  const looks = (mark: string) =>
    page.evaluate(`(() => {
      const curve = document.querySelector('figure:not([hidden]) .line.mark-${mark} .curve');
      const { stroke, strokeDasharray } = getComputedStyle(curve);
      return { stroke, dashed: strokeDasharray !== 'none' };
    })()`);
  /** A colour of the style, as the browser works it out. */
  const colour = (variable: string) =>
    page.evaluate(`(() => {
      const probe = document.body.appendChild(document.createElement('p'));
      probe.style.color = 'var(${variable})';
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    })()`);

  test.each(['light', 'dark'] as const)(
    'has what widened in one colour and what narrowed in another, by %s.',
    async (scheme) => {
      await opened(file);
      await page.emulateMedia({ colorScheme: scheme });
      const [bad, good] = [await colour('--bad'), await colour('--good')];
      expect(bad).not.toBe(good);
      expect(await looks('added')).toEqual({ stroke: bad, dashed: false });
      expect(await looks('widened')).toEqual({ stroke: bad, dashed: false });
      expect(await looks('narrowed')).toEqual({ stroke: good, dashed: false });
      expect(await looks('removed')).toEqual({ stroke: good, dashed: true });
    },
  );

  test('has each change in the table and the legend, in words, so that nobody needs the colour.', async () => {
    await opened(file);
    const table = (await page.locator('#rows').textContent()) ?? '';
    const legend = (await page.locator('#legend').textContent()) ?? '';
    for (const word of ['new', 'wider', 'narrower', 'lost']) {
      expect(table).toContain(word);
      expect(legend).toContain(word);
    }
  });

  test('leaves the others out where only what is marked is asked for.', async () => {
    await opened(file);
    await page.selectOption('#only', 'marked');
    expect(await page.locator('#rows tr:visible').count()).toBe(4);
  });

  test('is printed in the colours of paper.', async () => {
    await opened(file);
    const onPaper = await looks('added');
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await looks('added')).toEqual(onPaper);
  });
});
