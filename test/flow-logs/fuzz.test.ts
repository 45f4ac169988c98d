import fc from 'fast-check';
import { FORMATS } from '../../lib/flow-logs/formats';
import { sample } from './read';

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

const anyLine = fc.oneof(damagedText, damagedJson, fc.json(), fc.string({ unit: 'binary' }), fc.constantFrom(...LINES));

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
              for (const text of [end.namespace, end.pod, end.podPrefix, end.address])
                expect(typeof (text ?? 'x')).toBe('string');
              for (const text of [end.namespace, end.pod, end.podPrefix, end.address]) expect(text).not.toBe('');
            }
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
