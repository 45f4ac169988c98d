import { normalize } from 'node:path';

// Paths of files and folders as kustomizations name them, also in a revision of git.

/** With its separator, so that what is written from there can be put behind it; of a revision, `main:`. */
export function folderKey(file: string): string {
  const key = normalize(file);
  return key.slice(0, Math.max(key.lastIndexOf('/'), key.lastIndexOf('\\'), key.lastIndexOf(':')) + 1);
}

/** Every folder that the file is in, the nearest first, each with its separator. */
export function foldersAbove(key: string): readonly string[] {
  const folder = folderKey(key);
  if (folder === '' || folder.endsWith(':') || folder === '/') return [folder];
  return [folder, ...foldersAbove(folder.slice(0, -1))];
}

export function asFolder(key: string): string {
  return key === '.' ? '' : key.endsWith('/') || key.endsWith(':') ? key : `${key}/`;
}

/** A path as it is written in a folder. What stands before the path of a revision is no folder that `..` could leave. */
export function inside(folder: string, path: string): string {
  const [revision = ''] = /^[^/\\]+:/.exec(folder) ?? [];
  return `${revision}${normalize(`${folder.slice(revision.length)}${path}`)}`;
}
