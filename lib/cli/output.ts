import type { Given } from './command';
import type { Io } from './io';
import { inFolder } from './paths';
import { type Printed, partsOf, writeFiles } from './written-files';

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
