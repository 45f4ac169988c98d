import { legText } from '../../probes/plan-text';
import { type RenderedTest, renderedTests } from '../../probes/rendered-test';
import { type Verdict, verdicts, worst } from '../../probes/verdict';
import { type LegTold, probeJson, probeText } from '../../report/probe-verdicts';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import type { Io } from '../io';
import { kubectlOf } from '../kubectl-run';
import { readManifestsGiven } from '../manifests';
import { printed } from '../output';
import { runTest, textOf } from '../probe-run';
import { usageError } from '../usage-error';

export const probe: Command = {
  name: 'probe',
  summary: 'tries in a cluster what an IsolationTest was rendered to try, and removes every trace',
  usage: 'probe [paths...]',
  examples: [
    'cdk8s-zero-trust probe dist/platform --dry-run',
    'cdk8s-zero-trust probe dist/platform --context staging',
  ],
  options: [
    { flags: '--test <name>', description: 'the test, where there are several (default: all, one after the other)' },
    { flags: '--dry-run', description: 'says what would be created and tried, and asks no cluster' },
  ],
  reads: 'arguments',
  formats: ['text', 'json'],
  notes: [
    'It is the only command that writes to a cluster: Jobs, the policies that let their pods out, and a namespace without policies, all with the label cdk8s-zero-trust/isolation-test. It says first what that is, and deletes it in every case, an interrupt (Ctrl-C) included.',
    'A denial counts only beside an allowed connection that got through to the same place in the same run. Ends with 0 where everything held, with 1 where something got through or was stopped that should not have been, and with 2 where something was not tested: that is no success.',
  ],
  async run(given, io) {
    const { reading } = await readManifestsGiven(given, io, { paths: given.paths, unreliable: 'say' });
    const tests = testsGiven(renderedTests(reading.written.map(({ object }) => object)), given);
    for (const test of tests) io.err(announced(test));
    if (given.has('dry-run')) return ExitCode.YES;
    const found = await runAll(tests, given, io);
    const told = found.flatMap(({ test, all }) => all.map((verdict) => toldOf(test, verdict)));
    printed(given, io, { text: () => probeText(told), json: () => probeJson(told) });
    return EXITS[worst(found.flatMap(({ all }) => all))];
  },
};

const EXITS = { held: ExitCode.YES, broken: ExitCode.NO, untested: ExitCode.PERHAPS } as const;

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
    fix: "new IsolationTest(chart, 'isolation') in the app, and render it again",
  });
}

function announced({ name, around, jobs, legs }: RenderedTest): string {
  const objects = [...around, ...jobs].map((object) => `  ${textOf(object)}\n`).join('');
  return `The test ${name} creates, and deletes when it is over:\n${objects}and tries:\n${legs.map(({ because: _, ...leg }) => `  ${legText(leg)}\n`).join('')}`;
}

interface Tested {
  readonly test: RenderedTest;
  readonly all: readonly Verdict[];
}

async function runAll(tests: readonly RenderedTest[], given: Given, io: Io): Promise<readonly Tested[]> {
  const program = given.value('kubectl') ?? io.env['KUBECTL'] ?? 'kubectl';
  const kubectl = io.kubectl ?? kubectlOf(program, given.value('context'), io);
  let isStopped = false;
  const release = io.onInterrupt?.(() => {
    isStopped = true;
    io.err('Interrupted: what was created is deleted.\n');
  });
  const say = given.has('quiet') ? () => undefined : io.err;
  const pause = io.pause ?? ((ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)));
  const found: Tested[] = [];
  try {
    for (const test of tests) {
      const runs = await runTest(test, { kubectl, say, isStopped: () => isStopped, pause });
      found.push({ test, all: verdicts(test, runs) });
      if (isStopped) break;
    }
  } finally {
    release?.();
  }
  return found;
}

function toldOf({ name }: RenderedTest, { leg, word, why }: Verdict): LegTold {
  const { name: to, protocol, address } = leg.destination;
  return { test: name, word, expected: leg.expected, who: leg.who, to: `${to} ${protocol} ${address}`, why };
}
