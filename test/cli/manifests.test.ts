import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from '../../lib/cli/command';
import { ExitCode } from '../../lib/cli/exit-codes';
import { type ManifestsAsked, readManifestsGiven } from '../../lib/cli/manifests';
import { printed } from '../../lib/cli/output';
import { type Ended, run } from './run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Says what was read: pods, and the engine. */
function reading(argv: readonly string[], stdin = '', asked: ManifestsAsked = {}): Promise<Ended> {
  const look: Command = {
    name: 'look',
    summary: 'looks',
    usage: 'look [paths...]',
    examples: ['look'],
    options: [],
    reads: 'arguments',
    formats: ['text'],
    run: async (given, io) => {
      const { reading, plane, isReliable } = await readManifestsGiven(given, io, asked);
      const pods = reading.world.workloads.map(({ id }) => id).join(' ');
      printed(given, io, { text: () => `${plane.engine}: ${pods}${isReliable ? '' : ' (unreliable)'}` });
      return ExitCode.YES;
    },
  };
  return run(['look', ...argv], { stdin, cwd: folder, commands: [{ ...look, load: () => look }] });
}

function pod(name: string, namespace?: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...(namespace && { namespace }) },
    spec: { containers: [{ name: 'main' }] },
  });
}

describe('paths of manifests', () => {
  it('are folders, files and standard input together', async () => {
    written({ 'a/one.yaml': pod('one'), 'b.yaml': pod('two'), 'c.yaml': pod('not-asked-for') });
    const { out, err } = await reading(['a', 'b.yaml', '-'], pod('three'));
    expect([out, err]).toEqual(['kubernetes: default/Pod/one default/Pod/three default/Pod/two', '']);
  });

  it('are the folder that one is in where none is given, without packages and what tools keep', async () => {
    written({ 'a/one.yaml': pod('one'), 'node_modules/x/a.yaml': pod('package'), '.git/b.yaml': pod('hidden') });
    expect((await reading([])).out).toBe('kubernetes: default/Pod/one');
    expect((await reading(['.git'])).out).toBe('kubernetes: default/Pod/hidden');
  });

  it('are globs where the shell leaves them alone', async () => {
    written({ 'a/one.yaml': pod('one'), 'a/b/two.yml': pod('two'), 'a/README.md': '# no manifest: at all' });
    expect((await reading(['a/**/*.{yaml,yml}'])).out).toBe('kubernetes: default/Pod/one default/Pod/two');
    expect((await reading(['a/*'])).out).toBe('kubernetes: default/Pod/one default/Pod/two');
    expect((await reading([join(folder, '*/b')])).out).toBe('kubernetes: default/Pod/two');
    const { code, err } = await reading(['b/*.yaml']);
    expect([code, err.split('\n')[0]]).toEqual([
      3,
      `${join(folder, 'b')}: It is not there, or it is a link to what is not there.`,
    ]);
    expect((await reading(['a/*.json'])).err).toContain(
      'a/*.json: No folder and no YAML or JSON file matches this glob',
    );
  });

  it('that are not there, or hold nothing, are refused', async () => {
    written({ 'empty/README.md': '' });
    const missing = await reading(['nowhere']);
    expect([missing.code, missing.out]).toEqual([3, '']);
    expect(missing.err).toContain('nowhere: It is not there');
    expect((await reading(['empty'])).err).toContain('There is no YAML or JSON file in this folder');
  });
});

describe('what is read', () => {
  it('takes what lies beside manifests for no refusal, and counts it', async () => {
    written({
      'one.yaml': pod('one'),
      'Chart.yaml': 'name: x',
      'values.yaml': 'a: 1',
      'package.json': '{"name": "x"}',
    });
    const { code, out, err } = await reading([]);
    expect([code, out]).toEqual([0, 'kubernetes: default/Pod/one']);
    expect(err).toBe('There are 3 notes on what was read; --verbose prints them.\n');
    expect((await reading(['--quiet'])).err).toBe('');
    expect((await reading(['--verbose'])).err).toContain('Chart.yaml');
  });

  it('goes to the namespace that is asked for', async () => {
    written({ 'one.yaml': pod('one'), 'two.yaml': pod('two', 'other') });
    expect((await reading(['--namespace', 'models'])).out).toBe('kubernetes: models/Pod/one other/Pod/two');
    const { code, err } = await reading(['--namespace', 'Models']);
    expect([code, err]).toEqual([3, expect.stringContaining("The namespace name 'Models'")]);
  });

  it('is decided by the engine that is asked for', async () => {
    written({ 'one.yaml': pod('one') });
    expect((await reading(['--engine', 'cilium@1.20'])).out).toMatch(/^cilium/);
    expect((await reading(['--engine', 'calico'])).out).toMatch(/^calico/);
    const unknown = await reading(['--engine', 'cillium@1.20']);
    expect([unknown.code, unknown.err]).toEqual([
      3,
      expect.stringContaining("There is no engine 'cillium'; did you mean 'cilium'"),
    ]);
    expect(unknown.err).toContain('cilium@1.20 (1.17 to 1.20)');
    expect((await reading(['--engine', 'cilium@x'])).err).toContain('--engine: "x" is not a version of Cilium');
  });

  it('is decided by the facts of the cluster that are given, with its warnings', async () => {
    written({ 'one.yaml': pod('one'), 'facts.yml': "engine: cilium\nversion: '1.20'\nplatform: eks" });
    const { out, err } = await reading(['one.yaml', '--cluster', 'facts.yml']);
    expect([out, err]).toEqual(['cilium: default/Pod/one', '']);
    const other = await reading(['one.yaml', '--cluster', 'facts.yml', '--engine', 'antrea@2.1']);
    expect(other.out).toMatch(/^antrea/);
    expect(other.err).toBe(
      'Antrea 2.1 was not looked at, only 2.2 to 2.7 were: what policies mean there may differ.\n',
    );
    const missing = await reading(['one.yaml', '--cluster', 'none.yml']);
    expect([missing.code, missing.err]).toEqual([3, expect.stringContaining('none.yml: It is not there')]);
  });

  it('says what puts some pods in doubt, and not to who wants results and errors alone', async () => {
    written({
      'one.yaml': pod('one'),
      'odd.yaml': `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: odd, namespace: default }
spec: { endpointSelector: { matchLabels: { app: one } }, ingress: [{ fromEndpoints: [{}], strange: 1 }] }
`,
    });
    const said = await reading([]);
    expect([said.code, said.err]).toEqual([0, expect.stringContaining("There is no field 'strange'")]);
    expect(await reading(['--quiet'])).toMatchObject({ code: 0, out: said.out, err: '' });
    // What could make any answer wrong is an error.
    written({ 'broken.yaml': 'a: [1' });
    const broken = await reading(['--quiet'], '', { unreliable: 'say' });
    expect(broken.err).toContain('broken.yaml, document 1');
    expect(broken.err).not.toContain('strange');
    expect((await reading(['--quiet'])).code).toBe(3);
  });

  it('is refused where any answer could be wrong, unless the command goes on and says so', async () => {
    written({ 'one.yaml': pod('one'), 'broken.yaml': 'a: [1' });
    const { code, out, err } = await reading([]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('broken.yaml, document 1, line 2: This is not YAML that can be read');
    const saying = await reading([], '', { unreliable: 'say' });
    expect(saying.out).toBe('kubernetes: default/Pod/one (unreliable)');
    expect(saying.err).toContain('This is not YAML that can be read');
  });
});
