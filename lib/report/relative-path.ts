import { isAbsolute, posix, relative, sep } from 'node:path';

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

/** The same from the top of the repository, where the folder is known to be in one: what forges take paths for. */
export function pathInRepository(file: string, { folder, inRepository = '' }: Place): string {
  const path = relativePath(file, folder);
  return inRepository === '' || path.startsWith('/') ? path : posix.join(inRepository, path);
}

interface Place {
  /** That the check ran in. */
  readonly folder: string;
  /** Where that is in its repository, with slashes. @default at its top, or nobody knows */
  readonly inRepository?: string;
}
