import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { FORMATS } from '../../../lib/flow-logs/formats';
import type { FlowsFound } from '../../../lib/flow-logs/judging/found';
import { howMany } from '../../how-many';
import { read, readSample, sample } from '../read';
import { type JudgedOptions, judged, ofPlatform } from './records';

// The counts over a whole log add up: each record of it is in one entry, or in one count.

const WORKLOADS = readFileSync('test/flow-logs/golden/workloads.yaml', 'utf8');
const NAMES = FORMATS.map(({ name }) => name);

/** What is asked of the logs. */
const QUESTIONS: readonly [string, () => JudgedOptions][] = [
  ['a graph', () => ({})],
  ['manifests', () => ({ graph: null, manifests: `${WORKLOADS}\n---\n${ofPlatform().manifests}` })],
  ['both', () => ({ manifests: `${WORKLOADS}\n---\n${ofPlatform().manifests}` })],
  ['neither', () => ({ graph: null })],
];

/** Records in entries and in counts. Beside a graph, what manifests would drop is another question about the same records. */
function accounted({ entries, notAttributable, setAside, asDeclared, leftOff, against }: FlowsFound): number {
  const asked = entries.filter(
    ({ class: of, verdict }) => !(against.graph && of === 'would-be-dropped' && verdict === 'passed'),
  );
  const counts = [...asked, ...notAttributable, ...setAside, asDeclared, leftOff];
  return counts.reduce((sum, { records }) => sum + records, 0);
}

describe.each(QUESTIONS)('each record of a log held against %s', (_, options) => {
  it.each(NAMES)('is in one entry or one count, of the sample of %s', async (name) => {
    const { records } = await readSample(name);
    expect(records.length).toBeGreaterThan(0);
    const found = judged(records, options());
    expect(accounted(found)).toBe(records.length);
    expect(found.records).toBe(records.length);
  });

  it('is in one entry or one count, of logs of all formats that were put together, with lines cut off', async () => {
    let left = 0;
    await fc.assert(
      fc.asyncProperty(mixedLogs, fc.constantFrom(3, 10_000), async (log, mostTallies) => {
        const { records, summary } = await read([Buffer.from(log)]);
        expect(summary.records).toBe(records.length);
        const found = judged(records, { ...options(), mostTallies });
        if (found.leftOff.records > 0) left++;
        expect(accounted(found)).toBe(records.length);
      }),
      { numRuns: howMany(40) },
    );
    expect(left).toBeGreaterThan(0);
  });
});

it.each(NAMES)('each line of the sample of %s is a record, a note, or half of a record', async (name) => {
  const { lines, notes, summary } = await readSample(name);
  const said = new Set([...lines, ...notes.map(({ line }) => line)]);
  const silent = sample(name)
    .toString()
    .split('\n')
    .flatMap((text, i) => (text.trim() === '' || said.has(i + 1) ? [] : [text]));
  // What says how the next lines are to be read, and what waits for its verdict.
  expect(silent.filter((text) => !HALVES[name]?.test(text))).toEqual([]);
  expect(summary.records).toBe(lines.length);
});

const HALVES: Readonly<Record<string, RegExp>> = {
  csv: /^source\.pod;destination\.pod;verdict$/,
  'kube-network-policies': /"msg":"Evaluating packet"/,
};

/** Lines of the samples in any order, some again and again, some without their end. */
const mixedLogs = fc
  .array(
    fc.record({
      name: fc.constantFrom(...NAMES),
      from: fc.nat(),
      count: fc.integer({ min: 1, max: 30 }),
      cut: fc.option(fc.nat({ max: 200 }), { freq: 5, nil: undefined }),
    }),
    { minLength: 1, maxLength: 5 },
  )
  .map((parts) =>
    parts
      .flatMap(({ name, from, count, cut }) => {
        const lines = sample(name).toString().split('\n');
        const some = Array.from({ length: count }, (_, i) => lines[(from + i) % lines.length]);
        return cut === undefined ? some : [...some, some[0].slice(0, cut)];
      })
      .join('\n'),
  );
