import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of the package. Sources and what is built of them lie at different depths below its package.json. */
export function toolVersion(): string {
  for (const above of ['../..', '../../..']) {
    try {
      const { name, version: own } = JSON.parse(readFileSync(join(__dirname, above, 'package.json'), 'utf8'));
      if (name === 'cdk8s-zero-trust') return own;
    } catch {
      // Not there: it is further up.
    }
  }
  return 'unknown';
}
