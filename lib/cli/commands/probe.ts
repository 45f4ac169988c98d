import { loadJobs, MOST_CONNECTIONS } from '../../probes/load';
import type { Leg } from '../../probes/plan';
import { legText } from '../../probes/plan-text';
import { type RenderedTest, renderedTests } from '../../probes/rendered-test';
import { type Verdict, verdicts, worst } from '../../probes/verdict';
import {
  type LeftOut,
  type LegTold,
  type LoadTold,
  type ProbeResult,
  probeJson,
  probeText,
} from '../../report/probe-verdicts';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { kubectlOf } from '../kubectl-run';
import { readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { LIVE_TEST_OPTIONS, liveTest, numberIn, refuseLiveOptions } from '../probe-live';
import { type Load, type Ran, runTest, textOf } from '../probe-run';
import { usageError } from '../usage-error';

export const probe: Command = {
  name: 'probe',
  summary: 'tries in a cluster what an IsolationTest, or a graph, says of it, and removes every trace',
  usage: 'probe [paths...]',
  examples: [
    'cdk8s-zero-trust probe dist/platform --dry-run',
    'cdk8s-zero-trust probe dist/platform --context staging',
    'cdk8s-zero-trust probe dist/platform --live --tier ai-inference/vllm --without metadata-service',
    'cdk8s-zero-trust probe --live --graph graph.json --load 100 --format json --output probe.json',
  ],
  options: [
    { flags: '--test <name>', description: 'the test, where there are several (default: all, one after the other)' },
    { flags: '--dry-run', description: 'says what would be created and tried, and creates nothing' },
    {
      flags: '--load <number>',
      description: `holds so many connections open to each tier while denials are tried, at most ${MOST_CONNECTIONS}`,
    },
    ...LIVE_TEST_OPTIONS,
  ],
  reads: 'arguments',
  formats: ['text', 'json'],
  notes: [
    'It is the only command that writes to a cluster: Jobs, the policies that let their pods out, and a namespace without policies, all with the label cdk8s-zero-trust/isolation-test. It says first what that is, and deletes it in every case, an interrupt (Ctrl-C) included.',
    'With --live no test has to be rendered: it is laid out from the graph, and dials pods that the cluster has. Its policies are proved before anything is created.',
    'A denial counts only beside an allowed connection that got through to the same place in the same run. Ends with 0 where everything held, with 1 where something got through or was stopped that should not have been, and with 2 where something was not tested: that is no success.',
  ],
  async run(given, io) {
    const connections = connectionsGiven(given);
    const tests = await testsOf(given, io);
    if (tests === undefined) return ExitCode.UNREADABLE;
    const loaded = tests.map((test) => {
      return { test, ...(connections !== undefined && { load: { connections, jobs: loadJobs(test, connections) } }) };
    });
    // Of a dry run it is the result.
    if (given.has('dry-run') || !given.has('quiet')) for (const each of loaded) io.err(announced(each));
    if (given.has('dry-run')) return ExitCode.YES;
    const found = await runAll(loaded, given, io);
    const result = resultOf(found, connections);
    printed(given, io, { text: () => probeText(result), json: () => probeJson(result) });
    return exitOf(found, result);
  },
};

/** A test that is run, and what is held open meanwhile. */
interface Loaded {
  readonly test: RenderedTest;
  readonly load?: Load;
}

/** Undefined where none was found and something could not be read, which was said: a test may be in that. */
async function testsOf(given: Given, io: Io): Promise<readonly RenderedTest[] | undefined> {
  if (given.has('live')) return [await liveTest(given, io)];
  refuseLiveOptions(given);
  const { reading, isReliable } = await readManifestsGiven(given, io, { paths: given.paths, unreliable: 'say' });
  const tests = renderedTests(reading.written.map(({ object }) => object));
  return tests.length === 0 && !isReliable ? undefined : testsGiven(tests, given);
}

function connectionsGiven(given: Given): number | undefined {
  const text = given.value('load');
  if (text === undefined) return undefined;
  const number = numberIn(text);
  if (number !== undefined && number >= 1 && number <= MOST_CONNECTIONS) return number;
  throw usageError({
    what: `'${text}' is not a number of connections to hold open`,
    value: text,
    allowed: `a whole number, 1 to ${MOST_CONNECTIONS}`,
    fix: '--load 100',
  });
}

function testsGiven(tests: readonly RenderedTest[], given: Given): readonly RenderedTest[] {
  const name = given.value('test');
  const chosen = name === undefined ? tests : tests.filter((test) => test.name === name);
  if (chosen.length > 0) return chosen;
  throw usageError({
    what:
      name === undefined
        ? 'There is no test of isolation in these manifests'
        : `There is no test '${name}' in these manifests`,
    ...(name !== undefined && { value: name }),
    allowed: tests.length > 0 ? tests.map((test) => test.name).join(', ') : 'manifests of an app with an IsolationTest',
    fix:
      tests.length > 0
        ? `--test ${tests[0].name}, or no --test for ${tests.length === 1 ? 'the only one' : `all ${tests.length}`}`
        : "Add new IsolationTest(chart, 'isolation') to the app and render it again, or try the graph: probe dist --live",
  });
}

function announced({ test: { name, around, jobs, legs, untested, accepted }, load }: Loaded): string {
  const objects = [...around, ...jobs, ...(load?.jobs ?? [])].map((object) => `  ${textOf(object)}\n`).join('');
  const tried = legs.map(({ because: _, ...leg }) => `  ${legText(leg)}\n`).join('');
  const left = [
    ...(untested.length === 0 ? [] : [`and leaves untested:\n${leftLines(untested)}`]),
    ...(accepted === undefined
      ? []
      : [`and leaves untested ("${accepted.because}"):\n${leftLines(accepted.untested)}`]),
  ].join('');
  return `The test ${name} creates, and deletes when it is over:\n${objects}and tries:\n${tried}${left}`;
}

function leftLines(untested: RenderedTest['untested']): string {
  return untested.map(({ what, why }) => `  ${what}: ${why}\n`).join('');
}

interface Tested extends Ran {
  readonly test: RenderedTest;
  readonly all: readonly Verdict[];
}

async function runAll(tests: readonly Loaded[], given: Given, io: Io): Promise<readonly Tested[]> {
  const program = given.value('kubectl') ?? io.env['KUBECTL'] ?? 'kubectl';
  const kubectl = io.kubectl ?? kubectlOf(program, given.value('context'), io);
  let isStopped = false;
  const release = untilReleased(io, () => {
    io.err(isStopped ? 'What was created is still being deleted.\n' : 'Interrupted: what was created is deleted.\n');
    isStopped = true;
  });
  const say = given.has('quiet') ? () => undefined : io.err;
  const pause = io.pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const found: Tested[] = [];
  try {
    for (const { test, load } of tests) {
      const ran = await runTest(test, load, { kubectl, say, isStopped: () => isStopped, pause });
      found.push({ ...ran, test, all: verdicts(test, ran.runs) });
      if (isStopped) break;
    }
  } finally {
    release();
  }
  return found;
}

/** Whoever interrupts again would end the very calls that remove what there is. */
function untilReleased(io: Io, interrupted: () => void): () => void {
  let release = io.onInterrupt?.(again);
  function again(): void {
    release?.();
    release = io.onInterrupt?.(again);
    interrupted();
  }
  return () => release?.();
}

function resultOf(found: readonly Tested[], connections: number | undefined): ProbeResult {
  return {
    legs: found.flatMap(({ test, all }) => all.map((verdict) => toldOf(test, verdict))),
    untested: found.flatMap((tested) => leftOut(tested, connections)),
    accepted: found.flatMap(({ test: { name, accepted } }) =>
      (accepted?.untested ?? []).map((each) => ({ test: name, ...each, because: accepted?.because ?? '' })),
    ),
    ...(connections !== undefined && { load: found.flatMap(loadTold) }),
  };
}

/** What was not held open leaves untested what would have become of denials beside it. */
function leftOut({ test, held }: Tested, connections: number | undefined): readonly LeftOut[] {
  const what = (to: string) => `whether denials hold beside ${connections} connections to ${to}`;
  const notHeld = held
    .filter(({ asked, fewest }) => fewest < asked)
    .map(({ leg, fewest }) => ({ what: what(leg.destination.name), why: `only ${fewest} were held open` }));
  const noneHeld =
    connections !== undefined && held.length === 0
      ? [{ what: what('tiers'), why: 'no client of a tier held any open' }]
      : [];
  return [...test.untested, ...notHeld, ...noneHeld].map((each) => ({ test: test.name, ...each }));
}

/** What was left out is no success, however well the rest went. */
function exitOf(found: readonly Tested[], { untested }: ProbeResult): ExitCode {
  const word = worst(found.flatMap(({ all }) => all));
  return EXITS[word === 'held' && untested.length > 0 ? 'untested' : word];
}

const EXITS = { held: ExitCode.YES, broken: ExitCode.NO, untested: ExitCode.PERHAPS } as const;

function toldOf({ name }: RenderedTest, { leg, word, why }: Verdict): LegTold {
  return { test: name, word, expected: leg.expected, who: leg.who, to: toText(leg), why };
}

function loadTold({ test: { name }, held }: Tested): readonly LoadTold[] {
  return held.map(({ leg, asked, fewest }) => ({ test: name, who: leg.who, to: toText(leg), asked, fewest }));
}

function toText({ destination: { name, protocol, address } }: Leg): string {
  return `${name} ${protocol} ${address}`;
}
