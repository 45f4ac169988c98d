import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { relative, sep } from 'node:path';
import type { WrittenObject } from '../../analysis';

/** A file by its name and the hash of its bytes: a resource descriptor of in-toto. */
export interface FileDigest {
  /** Relative to the folder of the record, with `/` between its parts. */
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** Every file that a manifest was read from, once. */
export function filesOf(written: readonly WrittenObject[]): string[] {
  return [...new Set(written.map(({ file }) => file))];
}

/** The bytes of a file as they are now. @param folder that its name is relative to. */
export function fileDigest(path: string, folder: string): FileDigest {
  return {
    name: relative(folder, path).split(sep).join('/'),
    digest: { sha256: createHash('sha256').update(readFileSync(path)).digest('hex') },
  };
}
