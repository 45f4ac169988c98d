// Every command that a guide shows is run as it stands, in this process, or is in a list that says why not.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../cli/run';
import { FakeCluster as ProbedCluster } from '../../probes/fake-cluster';
import { hubbleHour } from '../flows/log';
import { type Sandbox, sandbox } from './sandbox';
import { shownCommands } from './shown';
import { NOT_RUN, RUN } from './table';

let box: Sandbox;
beforeAll(() => {
  box = sandbox();
});
afterAll(() => box.remove());

it.each(Object.entries(RUN))('%s', async (line, { code, prints, writes = [], in: layout = 'one' }) => {
  const cwd = box.copyOf(layout);
  const stdin = line.startsWith('hubble ') ? hubbleHour() : box.manifests;
  const ended = await run(argumentsOf(line), {
    cwd,
    stdin,
    cluster: box.cluster.reached(),
    more: { kubectl: new ProbedCluster().kubectl, pause: () => Promise.resolve() },
  });
  // A command whose result is a file, or a plan, prints messages alone.
  const printed = ended.out === '' && writes.length === 0 ? ended.err : ended.out;
  expect({ ...ended, printed }).toMatchObject({ code, printed: expect.stringMatching(prints) });
  expect(writes.filter((path) => !existsSync(join(cwd, path)))).toEqual([]);
});

it('every command of a guide is one of these, or is not run for a reason', () => {
  const known = new Set([...Object.keys(RUN), ...Object.keys(NOT_RUN)]);
  expect(shownCommands().filter(({ line }) => !known.has(line))).toEqual([]);
});

it('every one of these is in a guide', () => {
  const shown = new Set(shownCommands().map(({ line }) => line));
  expect([...Object.keys(RUN), ...Object.keys(NOT_RUN)].filter((line) => !shown.has(line))).toEqual([]);
});

/** What comes behind the program, which is the last of a pipe. */
function argumentsOf(line: string): readonly string[] {
  const program = /(?:^|\| )(?:npx cdk8s-zero-trust|cdk8s-zero-trust|kubectl zero-trust) (.+)$/;
  return (program.exec(line)?.[1] ?? '').split(' ');
}
