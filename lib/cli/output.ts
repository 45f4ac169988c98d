import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { ZeroTrustError } from '../model/problem';
import type { Given } from './command';
import type { Io } from './io';
import { inFolder } from './paths';

/** A result as text; in parts where it is long. */
export type Printed = string | Iterable<string>;

/**
 * Prints results where they are asked for: to standard output, or to files, which are written whole or not at all.
 *
 * @param formats how each format of the command is made.
 * @throws where a file cannot be written; then none is, and nothing is printed.
 */
export function printed(given: Given, io: Io, formats: Readonly<Record<string, () => Printed>>): void {
  const files = given.outputs.flatMap(({ format, file }) => (file === undefined ? [] : [{ format, file }]));
  writeFiles(files.map(({ format, file }) => ({ path: inFolder(file, io), text: formats[format]() })));
  for (const { format, file } of given.outputs) {
    if (file === undefined) for (const part of partsOf(formats[format]())) io.out(part);
  }
}

/** A file that is to be. */
export interface Written {
  readonly path: string;
  readonly text: Printed;
}

/**
 * Writes all of them beside where they belong first: what fails leaves the old ones as they are.
 *
 * @throws where one cannot be written.
 */
export function writeFiles(files: readonly Written[]): void {
  const beside = files.map(({ path }) => `${path}.${process.pid}.partial`);
  try {
    files.forEach(({ path, text }, i) => {
      attempt(path, () => writeParts(beside[i], text));
    });
    files.forEach(({ path }, i) => {
      attempt(path, () => renameSync(beside[i], path));
    });
  } finally {
    for (const path of beside) rmSync(path, { force: true });
  }
}

function writeParts(path: string, text: Printed): void {
  const file = openSync(path, 'w');
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

function attempt(path: string, write: () => void): void {
  try {
    write();
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

function partsOf(text: Printed): Iterable<string> {
  return typeof text === 'string' ? [text] : text;
}

const CHUNK = 65_536;

/** Fewer and longer writes: a list may have half a million lines. */
export function* inChunks(parts: Iterable<string>): Generator<string> {
  let chunk: string[] = [];
  let length = 0;
  for (const part of parts) {
    chunk.push(part);
    length += part.length;
    if (length < CHUNK) continue;
    yield chunk.join('');
    chunk = [];
    length = 0;
  }
  yield chunk.join('');
}
