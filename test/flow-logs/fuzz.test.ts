import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { FORMATS } from '../../lib/flow-logs/formats';
import { read, sample } from './read';

/** Lines of all samples: what is put into one of them may be of any other. */
const LINES = FORMATS.flatMap(({ name }) => sample(name).toString().split('\n'));

/** Values that no log should have and some one has. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  1e300,
  0.5,
  '',
  '-',
  '*',
  '-*',
  '\u0000',
  [],
  [null],
  {},
  { name: 7 },
  { constructor: 1 },
  'constructor',
  '__proto__',
  '9'.repeat(30),
];

const damagedText = fc
  .tuple(fc.constantFrom(...LINES), fc.nat(), fc.nat(20), fc.string({ unit: 'binary', maxLength: 20 }))
  .map(([line, at, cut, put]) => {
    const start = line.length === 0 ? 0 : at % line.length;
    return line.slice(0, start) + put + line.slice(start + cut);
  });

const damagedJson = fc
  .tuple(fc.constantFrom(...LINES.filter((line) => line.startsWith('{'))), fc.nat(), fc.constantFrom(...STRANGE))
  .map(([line, at, value]) => withValueAt(line, at, value));

/** What parts of a line stand between, in the formats that are no JSON. */
const BETWEEN = /([\s,;:=/|"]+)/;

/** A line with one of its parts, whichever comes to be the one, left empty. */
const emptied = fc.tuple(fc.constantFrom(...LINES), fc.nat()).map(([line, at]) => {
  const parts = line.split(BETWEEN);
  const words = Math.ceil(parts.length / 2);
  return parts.map((part, place) => (place === 2 * (at % words) ? '' : part)).join('');
});

/** The line with one of its values, whichever comes to be the one, replaced by another. */
function withValueAt(line: string, at: number, value: unknown): string {
  let places = 0;
  try {
    JSON.parse(line, (_, own) => {
      places++;
      return own;
    });
  } catch {
    return line;
  }
  let place = 0;
  return JSON.stringify(JSON.parse(line, (_, own) => (place++ === at % places ? value : own))) ?? 'null';
}

const anyLine = fc.oneof(
  damagedText,
  emptied,
  damagedJson,
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...LINES),
);

/** A name is said, or is not there: an empty one would be a name that nothing has. */
function expectText(text: unknown): void {
  expect(typeof (text ?? 'x')).toBe('string');
  expect(text).not.toBe('');
}

function expectTexts(named: object | undefined): void {
  for (const text of Object.values(named ?? {})) expectText(text);
}

describe('a reader, given any lines whatever', () => {
  it.each(FORMATS.map((format) => [format.name, format] as const))(
    'does not throw, and says what is true of every record: %s',
    (_, format) => {
      fc.assert(
        fc.property(fc.array(anyLine, { maxLength: 10 }), (lines) => {
          const reader = format.reader();
          const reads = [...lines.map((line, at) => reader.line(line, at + 1)), reader.end()];
          for (const line of lines) expect([0, 1, 2]).toContain(format.recognises(line));
          for (const record of reads.flatMap(({ records }) => records)) {
            expect(record.source).toBeInstanceOf(Object);
            expect(record.destination).toBeInstanceOf(Object);
            expect(record.count).toBeGreaterThanOrEqual(1);
            expect(Number.isInteger(record.count)).toBe(true);
            expect(record.port ?? 1).toBeGreaterThanOrEqual(1);
            expect(record.port ?? 1).toBeLessThanOrEqual(65535);
            for (const time of [record.from ?? 0, record.until ?? 0]) expect(new Date(time).getTime()).toBe(time);
            expect(record.byPolicy === undefined || record.verdict === 'dropped').toBe(true);
            for (const end of [record.source, record.destination]) {
              for (const text of [end.namespace, end.pod, end.podPrefix, end.address]) expectText(text);
              for (const named of [end.workload, end.service, end.networkSet]) expectTexts(named);
            }
            for (const policy of record.policies ?? []) expectTexts(policy);
          }
        }),
        { numRuns: 300 },
      );
    },
  );

  it.each(FORMATS.map((format) => [format.name, format] as const))(
    'survives lines that are nested deeply: %s',
    (_, format) => {
      for (const key of ['trigger', 'flow', 'items', 'labels', 'k8s']) {
        const deep = `${`{"${key}":`.repeat(50_000)}1${'}'.repeat(50_000)}`;
        const within = `{"action":"Deny","source_name":"a","dest_name":"b","reporter":"Src","policies":{"enforced":[${deep}]},"${key}":${deep}}`;
        for (const line of [deep, within, '['.repeat(50_000)]) {
          format.recognises(line);
          format.reader().line(line, 1);
        }
      }
    },
  );
});

/** What the bytes of a log can begin with. */
const BEGINNINGS = [[], [0x1f, 0x8b, 8], [0xff, 0xfe], [0xef, 0xbb, 0xbf], [0x1f], [0x28, 0xb5, 0x2f, 0xfd], [0x0a]];

describe('reading a log, given any bytes whatever', () => {
  it('comes to an end, and counts every line', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...BEGINNINGS),
        fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
        async (beginning, pieces) => {
          const { summary, lines, notes } = await read([Uint8Array.from(beginning), ...pieces]);
          for (const line of [...lines, ...notes.map((note) => note.line)])
            expect(line).toBeLessThanOrEqual(summary.lines + 1);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('comes to an end where gzip is damaged anywhere', async () => {
    const zipped = gzipSync(sample('hubble'));
    await fc.assert(
      fc.asyncProperty(fc.nat(zipped.length - 1), fc.nat(255), fc.nat(zipped.length), async (at, byte, length) => {
        const damaged = Buffer.from(zipped.subarray(0, length));
        if (at < damaged.length) damaged[at] = byte;
        await read([damaged]);
      }),
      { numRuns: 300 },
    );
  });
});
