import { StringDecoder } from 'node:string_decoder';
import { createGunzip } from 'node:zlib';

/**
 * A log as it comes: a stream of Node, or anything that gives its pieces one after the other. A piece need not last longer
 * than until the next one is asked for.
 */
export type LogSource = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>;

/** Told what of the bytes could not be read. */
export type Unread = (what: string) => void;

type Pieces = AsyncGenerator<Buffer>;

/** As many bytes as tell what the others are. */
const TELLING = 4;

/**
 * The bytes of the text, by their beginning: gzip is unpacked, UTF-16 (as PowerShell redirects) becomes UTF-8, a byte order
 * mark is taken off.
 */
export async function* plainBytes(source: LogSource, unread: Unread): Pieces {
  const pieces = buffers(source);
  try {
    const first = await beginning(pieces);
    const other = COMPRESSED.find(({ signature }) => startsWith(first, signature));
    if (other !== undefined) unread(`it is compressed with ${other.name}, which is not read: unpack it first`);
    else yield* ofKind(first, joined(first, pieces), unread);
  } finally {
    await pieces.return(undefined);
  }
}

/** What is told from text and not unpacked. */
const COMPRESSED = [
  { name: 'zstd', signature: [0x28, 0xb5, 0x2f, 0xfd] },
  { name: 'zip', signature: [0x50, 0x4b, 0x03, 0x04] },
];

function ofKind(first: Buffer, pieces: Pieces, unread: Unread): Pieces {
  if (startsWith(first, [0x1f, 0x8b])) return unpacked(pieces, unread);
  if (startsWith(first, [0xff, 0xfe])) return ofUtf16(pieces);
  if (startsWith(first, [0xef, 0xbb, 0xbf])) return without(3, pieces);
  return pieces;
}

function startsWith(bytes: Buffer, signature: readonly number[]): boolean {
  return signature.every((byte, at) => bytes[at] === byte);
}

async function* buffers(source: LogSource): Pieces {
  for await (const piece of source) {
    yield typeof piece === 'string'
      ? Buffer.from(piece)
      : Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  }
}

async function beginning(pieces: Pieces): Promise<Buffer> {
  let bytes: Buffer = Buffer.alloc(0);
  while (bytes.length < TELLING) {
    const next = await pieces.next();
    if (next.done) break;
    bytes = bytes.length === 0 && next.value.length >= TELLING ? next.value : Buffer.concat([bytes, next.value]);
  }
  return bytes;
}

async function* joined(first: Buffer, rest: Pieces): Pieces {
  yield first;
  yield* rest;
}

async function* without(count: number, pieces: Pieces): Pieces {
  let left = count;
  for await (const piece of pieces) {
    yield piece.subarray(Math.min(left, piece.length));
    left = Math.max(0, left - piece.length);
  }
}

async function* ofUtf16(pieces: Pieces): Pieces {
  const decoder = new StringDecoder('utf16le');
  for await (const piece of without(2, pieces)) yield Buffer.from(decoder.write(piece));
  yield Buffer.from(decoder.end());
}

/**
 * What was unpacked before the data end too early or turn out to be damaged counts. Small parts go in and wait until
 * theirs has come out, so that no file is unpacked faster than it is read.
 */
async function* unpacked(pieces: Pieces, unread: Unread): Pieces {
  const gunzip = createGunzip();
  const out: Buffer[] = [];
  let wrong: Error | undefined;
  let goOn = () => {};
  gunzip.on('data', (piece: Buffer) => out.push(piece));
  // After an error nobody is called back for what was written.
  gunzip.on('error', (error) => {
    wrong = error;
    goOn();
  });
  try {
    for await (const part of inParts(pieces)) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
        gunzip.write(part, () => resolve());
      });
      yield* out.splice(0);
      if (wrong !== undefined) break;
    }
    if (wrong === undefined) {
      await new Promise<void>((resolve) => {
        goOn = resolve;
        gunzip.once('end', resolve).end();
      });
    }
    yield* out.splice(0);
    if (wrong !== undefined) unread(`the compressed data end too early or are damaged (${wrong.message})`);
  } finally {
    gunzip.destroy();
  }
}

/** Of so many bytes gzip makes four megabytes at most. */
const PART = 4096;

async function* inParts(pieces: Pieces): Pieces {
  for await (const piece of pieces) {
    for (let at = 0; at < piece.length; at += PART) yield piece.subarray(at, at + PART);
  }
}
