import { isAbsolute, relative, sep } from 'node:path';

/**
 * A path as reports have it, which are read elsewhere: from the folder that the check ran in where the file is in that,
 * without `./` before it, and with slashes on every system.
 */
export function relativePath(file: string, folder: string): string {
  const own = isAbsolute(file) ? relative(folder, file) : file;
  const path = own === '' ? '.' : own.startsWith('..') && isAbsolute(file) ? file : own;
  return path
    .split(sep)
    .join('/')
    .replace(/^(?:\.\/)+(?=.)/, '');
}
