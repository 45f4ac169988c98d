import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Each run of the tests has a folder of its own for what is temporary: workers and programs that tests start inherit it. */
export default function globalSetup(): void {
  process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'zero-trust-tests-'));
}
