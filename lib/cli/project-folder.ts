import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Io } from './io';
import { inFolder } from './paths';
import { usageError } from './usage-error';
import { writeFiles } from './written-files';

/**
 * The path of a folder that a project is to be written to.
 *
 * @param option what names it: `--output-dir`.
 * @throws where it has something in it.
 */
export function projectFolder(folder: string, option: string, io: Io): string {
  const path = inFolder(folder, io);
  if (!existsSync(path) || isEmptyFolder(path)) return path;
  throw usageError({
    what: `${folder} has something in it, and nothing is written over`,
    value: folder,
    allowed: 'a folder that is not there, or is empty',
    fix: `${option} app`.trim(),
  });
}

function isEmptyFolder(path: string): boolean {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false;
  }
}

/** The name of a package for a folder. */
export function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return name === '' ? 'platform' : name;
}

/** Writes a project: its folder is there as a whole, or not at all. */
export function writeProject(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(dirname(folder), { recursive: true });
  const beside = mkdtempSync(`${folder}.`);
  try {
    for (const path of Object.keys(files)) mkdirSync(dirname(join(beside, path)), { recursive: true });
    writeFiles(Object.entries(files).map(([path, text]) => ({ path: join(beside, path), text })));
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(beside, folder);
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}
