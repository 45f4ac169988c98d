import { sep } from 'node:path';

/** A path as reports have it: without `./` before it, and with slashes on every system. */
export function relativePath(file: string): string {
  return file
    .split(sep)
    .join('/')
    .replace(/^(?:\.\/)+(?=.)/, '');
}
