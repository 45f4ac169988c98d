import { spawnSync } from 'node:child_process';
import { createReadStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { termsOf } from '../lib/flow-logs/attribution/terms';
import type { FlowRecord } from '../lib/flow-logs/flow-record';
import { Judge } from '../lib/flow-logs/judging/judge';
import { filePieces, type LogSink, readLog } from '../lib/flow-logs/read-log';
import { hubbleGraph } from './worlds/hubble-graph';
import { writeHubbleLog } from './worlds/hubble-log';

// What it costs to read a million lines of Hubble, in CPU time of a process, against JSON.parse of the same lines in another.
// Each has the least of three rounds, in turn, since whatever else runs on the machine makes all of them slower. Bars are ratios, so that the machine does not matter; the last line is one JSON object with the figures, and the exit
// code is 1 if a bar is missed.

const LINES = Number(process.env['BENCH_FLOWS_LINES'] ?? 1_000_000);
const MEGABYTES = 300;
const PARSING = 'JSON.parse';
const ROUNDS = 3;

/** What takes the records, and how many times the CPU of JSON.parse all of it may take. */
interface Step {
  readonly name: string;
  readonly most: number;
  readonly sink: () => LogSink;
}

/** The bar of all work together is 2; reading has the file and the lines in it too. */
const STEPS: readonly Step[] = [
  { name: 'reading', most: 1.7, sink: counting },
  { name: 'reading and judging', most: 2, sink: judging },
];

interface Figures {
  readonly cpuMs: number;
  readonly megabytes: number;
  readonly lines: number;
}

const [path, step] = process.argv.slice(2);
if (path === undefined || step === undefined) main();
else void measure(path, step);

function main(): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-flows-'));
  const log = join(folder, 'hubble.log');
  try {
    writeHubbleLog(log, LINES);
    const rounds = Array.from({ length: ROUNDS }, () => inTurn(log));
    const parsing = least(rounds, PARSING);
    console.log(`${LINES} lines, ${Math.round(statSync(log).size / 1e6)} MB: JSON.parse ${parsing.cpuMs} ms`);
    const figures = STEPS.map((one) => ({ ...one, ...least(rounds, one.name) }));
    const missed = figures.flatMap((one) => missedBy(one, parsing));
    for (const { name, cpuMs, megabytes } of figures) {
      console.log(`${name}: ${cpuMs} ms, ${ratio(cpuMs, parsing.cpuMs)} of JSON.parse, ${megabytes} MB`);
    }
    for (const bar of missed) console.log(`missed: ${bar}`);
    const said = figures.map(({ name, cpuMs, megabytes }) => [
      name,
      { cpuMs, megabytes, toParse: ratio(cpuMs, parsing.cpuMs) },
    ]);
    console.log(JSON.stringify({ lines: LINES, parseMs: parsing.cpuMs, ...Object.fromEntries(said), missed }));
    process.exitCode = missed.length > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Round = ReadonlyMap<string, Figures>;

function inTurn(log: string): Round {
  return new Map([PARSING, ...STEPS.map(({ name }) => name)].map((name) => [name, inOwnProcess(log, name)]));
}

/** The least CPU of all rounds, and the most memory. */
function least(rounds: readonly Round[], name: string): Figures {
  const figures = rounds.map((round) => round.get(name)).filter((one) => one !== undefined);
  return {
    cpuMs: Math.min(...figures.map(({ cpuMs }) => cpuMs)),
    megabytes: Math.max(...figures.map(({ megabytes }) => megabytes)),
    lines: Math.max(...figures.map(({ lines }) => lines)),
  };
}

function missedBy(step: Step & Figures, parsing: Figures): readonly string[] {
  return [
    ...(ratio(step.cpuMs, parsing.cpuMs) > step.most ? [`${step.name}: more than ${step.most} of JSON.parse`] : []),
    ...(step.megabytes > MEGABYTES ? [`${step.name}: more memory than ${MEGABYTES} MB`] : []),
    ...(step.lines !== parsing.lines ? [`${step.name}: ${step.lines} lines of ${parsing.lines}`] : []),
  ];
}

function inOwnProcess(log: string, name: string): Figures {
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, ...process.argv.slice(1, 2), log, name],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`);
  return JSON.parse(stdout);
}

async function measure(log: string, name: string): Promise<void> {
  const found = STEPS.find((one) => one.name === name);
  const figures = found === undefined ? await parse(log) : await read(log, found.sink());
  console.log(JSON.stringify(figures));
}

async function read(log: string, sink: LogSink): Promise<Figures> {
  const before = process.cpuUsage();
  const { lines, records } = await readLog(filePieces(log), sink);
  if (records !== lines) throw new Error(`${records} records of ${lines} lines.`);
  return { cpuMs: sinceMs(before), megabytes: peakMegabytes(), lines };
}

/** Only the parsing counts, not how the lines come to be. */
async function parse(log: string): Promise<Figures> {
  let micros = 0;
  let lines = 0;
  let begun = '';
  let kept: unknown;
  for await (const piece of createReadStream(log, { encoding: 'utf8', highWaterMark: 1 << 22 })) {
    const texts = `${begun}${piece}`.split('\n');
    begun = texts.pop() ?? '';
    const before = process.cpuUsage();
    for (const text of texts) kept = JSON.parse(text);
    const { user, system } = process.cpuUsage(before);
    micros += user + system;
    lines += texts.length;
  }
  if (kept === undefined) throw new Error('The log is empty.');
  return { cpuMs: Math.round(micros / 1000), megabytes: peakMegabytes(), lines };
}

/** Takes records and keeps the last alone. */
function counting(): LogSink {
  const kept: { record?: FlowRecord } = {};
  return {
    record: (record) => {
      kept.record = record;
    },
    note: () => {},
  };
}

/** Ties each record to the graph of the same workloads, and keeps what it comes to. */
function judging(): LogSink {
  const graph = hubbleGraph();
  const judge = new Judge({ terms: termsOf(graph), known: { facts: graph.cluster } });
  return {
    record: (record, line, text) => judge.record(record, line, text, 'hubble.log'),
    note: (note) => judge.note(note, 'hubble.log'),
  };
}

function sinceMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000);
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function ratio(a: number, b: number): number {
  return Math.round((100 * a) / b) / 100;
}
