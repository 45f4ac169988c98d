import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { write } from '../validation/project';

const root = join(__dirname, '../..');

/** A folder with an npx in it that runs these sources, and nothing else. */
export function ownNpx(folder: string): string {
  const tool = [join(root, 'node_modules/ts-node/dist/bin.js'), '--transpileOnly', join(root, 'lib/cli/bin.ts')];
  const npx = join(folder, 'bin/npx');
  write(
    npx,
    `#!/bin/sh\n[ "$1 $2" = "--yes cdk8s-zero-trust@0.1.0" ] || exit 9\nshift 2\nexec "${process.execPath}" "${tool.join('" "')}" "$@"\n`,
  );
  chmodSync(npx, 0o755);
  return join(folder, 'bin');
}
