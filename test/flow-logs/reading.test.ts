import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FORMATS } from '../../lib/flow-logs/formats';
import { filePieces, readLog } from '../../lib/flow-logs/read-log';
import { read, readSample, sample } from './read';

const LINE =
  '{"flow":{"time":"2026-11-27T10:00:00Z","verdict":"FORWARDED","source":{"pod_name":"é-1"},"event_type":{"type":5}}}';

/** A log in pieces of the given sizes, which are taken again and again. */
function inPieces(log: Buffer, sizes: readonly number[]): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0, piece = 0; at < log.length; piece++) {
    const size = sizes[piece % sizes.length] as number;
    pieces.push(log.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 3000 })), {
  minLength: 1,
  maxLength: 20,
});

describe('a log that comes in pieces', () => {
  it.each(FORMATS.map(({ name }) => name))('gives the same in whatever pieces: %s', async (name) => {
    const whole = await readSample(name);
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), async (cut, zipped) => {
        const log = zipped ? gzipSync(sample(name)) : sample(name);
        const { summary, ...apart } = await read(inPieces(log, cut));
        expect(apart).toEqual({ records: whole.records, lines: whole.lines, texts: whole.texts, notes: whole.notes });
        expect(summary).toEqual({ ...whole.summary, bytes: log.length });
      }),
      { numRuns: 20 },
    );
  });

  it('may be a stream of Node, and may be texts', async () => {
    const whole = await readSample('hubble');
    const streamed = await read(createReadStream('test/flow-logs/logs/hubble.log', { highWaterMark: 100 }));
    const filed = await read(filePieces('test/flow-logs/logs/hubble.log'));
    const texts = await read(
      Readable.from(
        sample('hubble')
          .toString()
          .split(/(?<=,)/),
      ),
    );
    expect(streamed.records).toEqual(whole.records);
    expect(filed.records).toEqual(whole.records);
    expect(texts.records).toEqual(whole.records);
  });

  it('gives records while it comes', async () => {
    const seen: string[] = [];
    async function* following() {
      yield `${LINE}\n`;
      seen.push('first piece taken');
      yield `${LINE}\n`;
    }
    await readLog(following(), { record: () => seen.push('record'), note: () => {} });
    expect(seen).toEqual(['record', 'first piece taken', 'record']);
  });

  it('may come in memory that is used again for the next piece', async () => {
    const whole = await readSample('hubble');
    async function* inTheSameMemory() {
      const memory = Buffer.alloc(100);
      for (const piece of inPieces(sample('hubble'), [3, 100, 2, 57])) {
        piece.copy(memory);
        yield memory.subarray(0, piece.length);
      }
    }
    expect((await read(inTheSameMemory())).records).toEqual(whole.records);
  });
});

describe('what logs go through', () => {
  it('ends lines as Windows does, and begins with a byte order mark', async () => {
    const { records, notes } = await read([Buffer.from(`\ufeff${LINE}\r\n\r\n${LINE}\r\n`)]);
    expect(records.map(({ source }) => source.pod)).toEqual(['é-1', 'é-1']);
    expect(notes).toEqual([]);
  });

  it('is UTF-16 where PowerShell redirected it', async () => {
    const { records, notes } = await read(inPieces(Buffer.from(`\ufeff${LINE}\r\n${LINE}\r\n`, 'utf16le'), [7]));
    expect(records.map(({ source }) => source.pod)).toEqual(['é-1', 'é-1']);
    expect(notes).toEqual([]);
  });

  it('is gzip whatever its name is, and several of them put together', async () => {
    const { records, notes } = await read([Buffer.concat([gzipSync(`${LINE}\n`), gzipSync(`${LINE}\n`)])]);
    expect(records).toHaveLength(2);
    expect(notes).toEqual([]);
  });

  it('is gzip that ends too early: what came out counts', async () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => LINE.replace('é-1', `pod-${(i * 7919) % 99_991}`));
    const zipped = gzipSync(lines.join('\n'));
    const { records, notes } = await read(inPieces(zipped.subarray(0, zipped.length - 50), [5000]));
    expect(records.length).toBeGreaterThan(15_000);
    expect(notes.map((note) => ('what' in note ? note.what : note.kind))).toEqual([
      'the compressed data end too early or are damaged (unexpected end of file)',
      'the log ends in the middle of it',
    ]);
  });

  it('is gzip that is damaged', async () => {
    const zipped = gzipSync(`${LINE}\n`.repeat(3));
    const { notes } = await read([zipped.fill(0xff, 12, 20)]);
    expect(notes[0]).toMatchObject({ kind: 'unreadable', line: 1 });
  });

  it.each([
    ['zstd', [0x28, 0xb5, 0x2f, 0xfd, 1, 2, 3]],
    ['zip', [0x50, 0x4b, 0x03, 0x04, 1, 2, 3]],
  ])('is compressed in a way that is not read: %s', async (name, bytes) => {
    const { notes, records } = await read([Buffer.from(bytes)]);
    expect(records).toEqual([]);
    expect(notes).toEqual([
      { kind: 'unreadable', what: `it is compressed with ${name}, which is not read: unpack it first`, line: 1 },
    ]);
  });

  it('is empty, or nothing but empty lines', async () => {
    for (const log of [[], [''], ['\n\n \n']]) {
      expect(await read(log)).toMatchObject({ records: [], notes: [] });
    }
  });

  it('has a line that is too long: it is noted, and the next one is read', async () => {
    const log = `${LINE}\n${'x'.repeat(1001)}\n${LINE}\n${'y'.repeat(2000)}`;
    for (const pieces of [[Buffer.from(log)], inPieces(Buffer.from(log), [100])]) {
      const { records, notes, lines } = await read(pieces, { longestLine: 1000 });
      expect(records).toHaveLength(2);
      expect(lines).toEqual([1, 3]);
      expect(notes).toEqual([
        { kind: 'unreadable', what: 'it is longer than 1000 bytes', line: 2 },
        { kind: 'unreadable', what: 'it is longer than 1000 bytes', line: 4 },
      ]);
    }
  });

  it('reads a last line that nothing ends, where it is whole', async () => {
    const { records, notes } = await read([LINE]);
    expect(records).toHaveLength(1);
    expect(notes).toEqual([]);
  });

  it('says how far it is', async () => {
    const told: unknown[] = [];
    await read([`${LINE}\n`, `${LINE}\n${LINE}`], { progress: (progress) => told.push({ ...progress }) });
    const bytes = Buffer.byteLength(LINE);
    expect(told).toEqual([
      { bytes: bytes + 1, lines: 1 },
      { bytes: 3 * bytes + 2, lines: 2 },
    ]);
  });

  it('hands on an error of the source, packed or not', async () => {
    async function* failing(first: Buffer) {
      yield first;
      throw new Error('the disk is gone');
    }
    await expect(read(failing(Buffer.from(LINE)))).rejects.toThrow('the disk is gone');
    await expect(read(failing(gzipSync(LINE).subarray(0, 30)))).rejects.toThrow('the disk is gone');
  });

  it('lets go of the source where the one who takes records throws', async () => {
    let isClosed = false;
    async function* source() {
      try {
        for (;;) yield `${LINE}\n`;
      } finally {
        isClosed = true;
      }
    }
    const sink = {
      record: () => {
        throw new Error('full');
      },
      note: () => {},
    };
    await expect(readLog(source(), sink)).rejects.toThrow('full');
    expect(isClosed).toBe(true);
  });
});
