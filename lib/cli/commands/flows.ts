import { termsOf } from '../../flow-logs/attribution/terms';
import { FORMATS } from '../../flow-logs/formats';
import { saysNothing } from '../../flow-logs/judging/found';
import { foundFlows } from '../../flow-logs/judging/found-flows';
import { Judge } from '../../flow-logs/judging/judge';
import { type LogProgress, readLog } from '../../flow-logs/read-log';
import { findingsAsGithub } from '../../report/findings-github';
import { findingsAsGitlab } from '../../report/findings-gitlab';
import { findingsAsJunit } from '../../report/findings-junit';
import { findingsAsMarkdown } from '../../report/findings-markdown';
import { findingsAsSarif } from '../../report/findings-sarif';
import { flowsAsEcs } from '../../report/flows-ecs';
import { flowsAsFindings } from '../../report/flows-findings';
import { flowsAsJson } from '../../report/flows-json';
import { flowsAsOcsf } from '../../report/flows-ocsf';
import {
  FAILING_BY_DEFAULT,
  FAILING_CLASSES,
  type FailingClass,
  type FlowsReport,
  failure,
  type LogRead,
} from '../../report/flows-report';
import { flowsAsText } from '../../report/flows-text';
import { placesIn } from '../../report/places';
import { thisTool } from '../../report/this-tool';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { type FlowGround, flowGround } from '../flow-ground';
import { flowLog, Stopping } from '../flow-sources';
import { timeGiven } from '../flow-times';
import { type Io, isColoured } from '../io';
import { printed } from '../output';
import { STDIN } from '../paths';
import { Progress } from '../progress';
import { unknownName, usageError } from '../usage-error';

export const flows: Command = {
  name: 'flows',
  summary: 'what flow logs say against what is declared: undeclared, dropped, never seen',
  usage: 'flows <logs...>',
  examples: [
    'cdk8s-zero-trust flows hubble.jsonl --graph dist/platform/graph.json',
    'hubble observe -t policy-verdict -o jsonpb -f | cdk8s-zero-trust flows - --graph graph.json --every 60',
    'cdk8s-zero-trust flows last-week.jsonl.gz -f dist/platform --fail-on would-be-dropped',
    'cdk8s-zero-trust flows events.log --graph graph.json --format ocsf --output flows.ocsf.jsonl --format text',
  ],
  options: [
    {
      flags: '--graph <file>',
      description:
        'what is declared (default: the graph.json in the folder of -f, else what the annotations of the manifests say)',
    },
    {
      flags: '--log-format <name>',
      description: `the format of the logs: ${FORMATS.map(({ name }) => name).join(', ')} (default: by their lines)`,
      choices: FORMATS.map(({ name }) => name),
    },
    {
      flags: '--fail-on <classes>',
      description: `what fails, with commas: ${FAILING_CLASSES.join(', ')}, none (default: ${FAILING_BY_DEFAULT.join(',')})`,
    },
    {
      flags: '--since <time>',
      description: 'leaves out what was before: a day, a time with its zone, or how long ago (24h)',
    },
    { flags: '--until <time>', description: 'leaves out what was after' },
    { flags: '--every <seconds>', description: 'prints what is known so far, again and again, while the logs go on' },
    { flags: '--samples', description: 'prints a line of the log with each flow; lines may hold paths and headers' },
  ],
  reads: 'option',
  formats: ['text', 'json', 'sarif', 'junit', 'github', 'markdown', 'gitlab', 'ocsf', 'ecs'],
  notes: [
    'With -f, manifests are asked too: what passed and they would drop, and why they drop what is declared. Their workloads say whose names and addresses the log has.',
    'Ends with 1 where something of --fail-on was found, with 2 where that hangs on what the log does not say, or nothing in it could be tied to what is declared, and with 3 where no flow was read. An interrupt (Ctrl-C) ends the reading, and prints what is known.',
  ],
  run: (given, io) => runFlows(given, io, () => Date.now()),
};

async function runFlows(given: Given, io: Io, now: () => number): Promise<ExitCode> {
  const failing = failingGiven(given);
  const every = secondsGiven(given);
  const window = {
    since: timeGiven(given.value('since'), 'since', now()),
    until: timeGiven(given.value('until'), 'until', now()),
  };
  refuseStdinTwice(given);
  const ground = await flowGround(given, io);
  const { graph, world, facts } = ground;
  const judge = new Judge({
    terms: termsOf(graph, world, facts?.apiServer),
    known: { ...(facts && { facts }), ...(world && { world }) },
    ...(window.since !== undefined && { since: window.since }),
    ...(window.until !== undefined && { until: window.until }),
    keepsText: given.has('samples'),
  });
  const logs: LogBeingRead[] = [];
  const report = (isPartial: boolean): FlowsReport =>
    reportOf(judge, ground, logs, { failing, io, now: now(), isPartial });
  const isInterrupted = await readLogs(given, io, judge, logs, every, () => print(report(true), given, io));
  if (judge.records === 0) return noFlows(judge, io);
  const made = report(isInterrupted);
  print(made, given, io);
  return exitCodeOf(made);
}

/** Reads every log, one after the other. @returns whether it was ended before they were. */
async function readLogs(
  given: Given,
  io: Io,
  judge: Judge,
  logs: LogBeingRead[],
  every: number | undefined,
  printSoFar: () => void,
): Promise<boolean> {
  const stopping = new Stopping();
  const release = io.onInterrupt?.(() => stopping.stop());
  const timer = every === undefined ? undefined : setInterval(() => judge.records > 0 && printSoFar(), every * 1000);
  const format = FORMATS.find(({ name }) => name === given.value('log-format'));
  const progress = new Progress(given, io, true);
  const say = given.has('quiet') ? () => undefined : io.err;
  try {
    for (const path of given.args) {
      if (stopping.isStopped) break;
      const { name, source } = flowLog(path, io);
      const log: LogBeingRead = { name, lines: 0, records: 0, formats: [] };
      logs.push(log);
      const before = judge.records;
      const summary = await readLog(
        stopping.until(source),
        {
          record: (record, line, text) => judge.record(record, line, text, name),
          note: (note) => {
            judge.note(note, name);
            if (note.kind === 'passed-over' && note.hint !== undefined) say(`${name}:${note.line}: ${note.hint}\n`);
          },
        },
        {
          ...(format && { format }),
          progress: (one) => {
            log.lines = one.lines;
            log.records = judge.records - before;
            progress.show(() => progressText(name, one));
          },
        },
      );
      log.lines = summary.lines;
      log.records = summary.records;
      log.formats = summary.formats.map((one) => one.name);
    }
  } finally {
    progress.end();
    clearInterval(timer);
    release?.();
  }
  return stopping.isStopped;
}

function progressText(name: string, { bytes, lines }: LogProgress): string {
  return `${name}: ${Math.round(bytes / 1_000_000)} MB, ${lines} lines`;
}

type LogBeingRead = { -readonly [K in keyof LogRead]: LogRead[K] };

interface Around {
  readonly failing: ReadonlySet<FailingClass>;
  readonly io: Io;
  readonly now: number;
  readonly isPartial: boolean;
}

function reportOf(judge: Judge, { held, written }: FlowGround, logs: readonly LogRead[], around: Around): FlowsReport {
  const { failing, io, now, isPartial } = around;
  const names = new Set(logs.flatMap(({ formats }) => formats));
  return {
    found: foundFlows(judge, held),
    logs,
    formats: FORMATS.filter(({ name }) => names.has(name)).map(({ title, limits }) => ({ title, limits })),
    failing,
    places: placesIn({ written }),
    folder: io.cwd,
    tool: thisTool(),
    madeAt: now,
    ...(isPartial && { isPartial }),
  };
}

function print(report: FlowsReport, given: Given, io: Io): void {
  const isShown = given.outputs.some(({ format, file }) => format === 'text' && file === undefined);
  printed(given, io, {
    text: () =>
      flowsAsText(report, {
        colour: isShown && isColoured(io),
        ...(isShown && io.isTerminal && { columns: io.columns }),
        verbose: given.has('verbose'),
      }),
    json: () => flowsAsJson(report),
    sarif: () => findingsAsSarif(flowsAsFindings(report)),
    junit: () => findingsAsJunit(flowsAsFindings(report)),
    github: () => findingsAsGithub(flowsAsFindings(report)),
    markdown: () => findingsAsMarkdown(flowsAsFindings(report)),
    gitlab: () => findingsAsGitlab(flowsAsFindings(report)),
    ocsf: () => flowsAsOcsf(report),
    ecs: () => flowsAsEcs(report),
  });
}

function exitCodeOf(report: FlowsReport): ExitCode {
  const failed = failure(report);
  if (failed === 'surely') return ExitCode.NO;
  return failed === 'perhaps' || saysNothing(report.found) ? ExitCode.PERHAPS : ExitCode.YES;
}

function noFlows({ notes: { unreadable } }: Judge, io: Io): ExitCode {
  const samples = unreadable.samples.map(({ log, line, what }) => `  ${log}:${line}: ${what}\n`);
  io.err(`No flow was read, so that nothing can be said.\n${samples.join('')}`);
  io.err(`Formats that are read: ${FORMATS.map(({ name }) => name).join(', ')}. --log-format says which it is.\n`);
  return ExitCode.UNREADABLE;
}

function failingGiven(given: Given): ReadonlySet<FailingClass> {
  const text = given.value('fail-on');
  if (text === undefined) return new Set(FAILING_BY_DEFAULT);
  if (text === 'none') return new Set();
  const names = text.split(',').map((name) => name.trim());
  const wrong = names.find((name) => !(FAILING_CLASSES as readonly string[]).includes(name));
  if (wrong !== undefined) throw unknownName('class of flows', wrong, [...FAILING_CLASSES, 'none']);
  return new Set(names as FailingClass[]);
}

function secondsGiven(given: Given): number | undefined {
  const text = given.value('every');
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (/^\d+$/.test(text) && seconds >= 1) return seconds;
  throw usageError({
    what: '--every is not a number of seconds',
    value: text,
    allowed: '1 or more',
    fix: '--every 60',
  });
}

function refuseStdinTwice(given: Given): void {
  if (!given.args.includes(STDIN) || !given.values('file').includes(STDIN)) return;
  throw usageError({
    what: 'Standard input cannot be the log and the manifests',
    value: '- -f -',
    allowed: 'one - at most',
    fix: 'hubble observe -o jsonpb | cdk8s-zero-trust flows - -f dist/',
  });
}
