import { type Dirent, existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { failureProblem } from '../analysis/files/file-problems';
import { isReadInFolders } from '../analysis/files/find-files';
import { ZeroTrustError } from '../model/problem';
import { exampleFolder } from './example';
import type { Io } from './io';

/** Standard input, as a path. */
export const STDIN = '-';

/**
 * The files and folders that paths stand for; those of a glob in order of their names, and for `example:guide` the folder of
 * the package. `-` stays as it is.
 *
 * @throws for a glob that nothing matches, and for an example that there is not.
 */
export function expanded(paths: readonly string[], io: Io): readonly string[] {
  return paths.flatMap((path) => {
    if (path === STDIN) return [path];
    const example = exampleFolder(path);
    if (example !== undefined) return [example];
    const here = inFolder(path, io);
    return isGlob(path) && !existsSync(here) ? matching(path, io) : [here];
  });
}

/** A path of the command line where another folder than that of the process is meant. */
export function inFolder(path: string, { cwd }: Pick<Io, 'cwd'>): string {
  return isAbsolute(path) || cwd === process.cwd() ? path : join(cwd, path);
}

function isGlob(path: string): boolean {
  return /[*?[\]{}]/.test(path);
}

/** Folders that nobody means when they say a folder: packages, and what tools keep to themselves. */
export function isPassedOver(folder: string): boolean {
  return folder === 'node_modules' || (folder.startsWith('.') && folder !== '.' && folder !== '..');
}

type Matcher = (path: string) => boolean;

function matching(glob: string, io: Io): string[] {
  // Only loaded where a shell has left a glob to us.
  const picomatch = require('picomatch') as (glob: string) => Matcher;
  const matches = picomatch(withoutDot(glob));
  const found = [...walk(fixedPart(glob), io)].filter((path) => matches(withoutDot(path))).sort();
  if (found.length > 0) return found.map((path) => inFolder(path, io));
  throw new ZeroTrustError({
    rule: 'no-manifests',
    where: glob,
    what: 'No folder and no YAML or JSON file matches this glob, so that there is nothing to judge',
    value: glob,
    allowed: 'a glob that matches some, such as manifests/**/*.yaml',
    fix: 'Check the path. In quotes a shell leaves it as it is, and ** stands for any folders.',
  });
}

function withoutDot(path: string): string {
  return path.replace(/^[.][/]/, '');
}

/** The folder above the first part that has a pattern in it; empty for the one that we are in. */
function fixedPart(glob: string): string {
  const parts = glob.split('/');
  const fixed = parts.slice(0, parts.findIndex(isGlob));
  return fixed.length === 1 && fixed[0] === '' ? '/' : fixed.join('/');
}

/** Folders and files that may be manifests, at any depth. */
function* walk(folder: string, io: Io): Iterable<string> {
  for (const entry of entriesOf(folder, io)) {
    const path = folder === '' || folder.endsWith('/') ? `${folder}${entry.name}` : `${folder}/${entry.name}`;
    if (entry.isDirectory() ? !isPassedOver(entry.name) : isReadInFolders(entry.name)) yield path;
    if (entry.isDirectory() && !isPassedOver(entry.name)) yield* walk(path, io);
  }
}

function entriesOf(folder: string, io: Io): Dirent[] {
  const here = inFolder(folder === '' ? '.' : folder, io);
  try {
    return readdirSync(here, { withFileTypes: true });
  } catch (error) {
    throw new ZeroTrustError(failureProblem(here, error));
  }
}
