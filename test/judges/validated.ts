import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What the API server says of one object. */
export interface Validated {
  readonly id: string;
  readonly ok: boolean;
  readonly errors?: readonly string[];
}

/** Asks the API server's own code, with the CRDs of `go/k8s/crds`, about each object. */
export function validated(programs: string, objects: readonly unknown[]): Validated[] {
  const input = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { stdout, stderr } = spawnSync(join(programs, 'kubernetes'), ['validate', '--json', '-'], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const lines = stdout.trim().split('\n');
  if (lines.length !== objects.length)
    throw new Error(`${lines.length} answers for ${objects.length} objects: ${stderr}`);
  return lines.map((line) => JSON.parse(line));
}
