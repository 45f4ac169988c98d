import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where a browser is looked for; `CHROMIUM` names another. */
const PLACES = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];

/** The browser that is there; undefined where none is. */
export const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path));

export const WITHOUT_BROWSER =
  'skip  picture: needs Chromium (apt-get install chromium), or the path of one in CHROMIUM; nothing of the page was tried';

export function browser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-sync'],
  });
}
