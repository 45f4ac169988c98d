import {
  closeSync,
  lstatSync,
  openSync,
  readlinkSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { ZeroTrustError } from '../model/problem';

/** A result as text; in parts where it is long. */
export type Printed = string | Iterable<string>;

/** A file that is to be. */
export interface Written {
  readonly path: string;
  readonly text: Printed;
}

/**
 * Writes all of them beside where they belong first: what fails leaves the old ones as they are. A link is followed. What is
 * there and no file (a device, a named pipe) is written into, after everything that can fail without a trace.
 *
 * @throws where one cannot be written.
 */
export function writeFiles(files: readonly Written[]): void {
  const placed = files.map((file) => ({ ...file, ...attempt(file.path, () => placeOf(file.path)) }));
  const kept = placed.filter(({ isStream }) => !isStream);
  const beside = kept.map(({ target }) => `${target}.${process.pid}.partial`);
  try {
    kept.forEach(({ path, text, mode }, i) => {
      attempt(path, () => writeParts(beside[i], text, mode));
    });
    for (const { path, text } of placed.filter(({ isStream }) => isStream)) attempt(path, () => writeParts(path, text));
    kept.forEach(({ path, target }, i) => {
      attempt(path, () => renameSync(beside[i], target));
    });
  } finally {
    for (const path of beside) rmSync(path, { force: true });
  }
}

/** Where a file belongs. */
interface Place {
  /** Without links. */
  readonly target: string;
  /** It is there and is neither a file nor a folder, so that another file in its place would take it away from others. */
  readonly isStream: boolean;
  /** Who may do what with it, where it is there. */
  readonly mode?: number;
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

function placeOf(path: string): Place {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat !== undefined && isStream(stat)) return { target: path, isStream: true };
  let target = path;
  for (let links = 0; links < MOST_LINKS && isLink(target); links++)
    target = resolve(dirname(target), readlinkSync(target));
  return { target, isStream: false, ...(stat !== undefined && { mode: stat.mode & 0o777 }) };
}

function isStream(stat: Stats): boolean {
  return !stat.isFile() && !stat.isDirectory();
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}

function writeParts(path: string, text: Printed, mode?: number): void {
  const file = openSync(path, 'w', mode);
  try {
    for (const part of partsOf(text)) writeWhole(file, Buffer.from(part));
  } finally {
    closeSync(file);
  }
}

/** The system may take less than it is given. */
function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}

function attempt<T>(path: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (typeof error !== 'object' || error === null || !('code' in error)) throw error;
    throw unwritable(path, String(error.code));
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'nothing can be written there',
  ENOSPC: 'there is no room left',
  ELOOP: 'it is a link that leads back to itself',
  EPIPE: 'nobody reads it any more',
};

function unwritable(path: string, code: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'output',
    where: path,
    what: `The file cannot be written: ${FAILURES[code] ?? code}`,
    value: path,
    fix: 'Check the path and its permissions. What was there before is as it was.',
  });
}

export function partsOf(text: Printed): Iterable<string> {
  return typeof text === 'string' ? [text] : text;
}
