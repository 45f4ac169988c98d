import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ZeroTrust } from '../../lib';
import { platform } from '../flow-logs/platform';
import { platform as probed } from '../probes/scenario';
import { type Folder, folder, RETRIEVAL } from './worlds';

const root = join(__dirname, '../..');
const program = ['-r', join(root, 'node_modules/ts-node/register'), join(root, 'lib/cli/bin.ts')];

let here: Folder;
beforeEach(() => {
  here = folder();
  here.write('retrieval.yaml', RETRIEVAL);
});
afterEach(() => here.remove());

/** Runs a command line as a process of its own. */
function started(argv: readonly string[], input = '') {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...program, ...argv], {
    cwd: here.path,
    input,
    encoding: 'utf8',
    env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json'), NO_COLOR: '1' },
  });
  return { code: status, out: stdout, err: stderr };
}

describe('the program', () => {
  it('answers on standard output, and says nothing else', () => {
    const { code, out, err } = started(['can', 'agents/agent', 'data/weaviate', '8080', '-f', 'retrieval.yaml']);
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^yes: agents\/agent to data\/weaviate on TCP\/8080\n/);
  });

  it('reads a pipe', () => {
    expect(started(['list', '-', '--format', 'csv', '--to', 'data/weaviate'], RETRIEVAL)).toEqual({
      code: 0,
      out: 'from,to,surely,perhaps\r\nagents/Deployment/agent,data/StatefulSet/weaviate,TCP/8080,\r\n',
      err: '',
    });
  });

  it.each([
    ['no such file', ['list', 'nowhere.yaml'], 'nowhere.yaml: It is not there'],
    ['an empty folder', ['list', 'empty'], 'There is no YAML or JSON file in this folder'],
    ['broken YAML', ['list', 'broken.yaml'], 'broken.yaml, document 1, line 2: This is not YAML that can be read'],
    ['an unknown format', ['list', '--format', 'xml'], "There is no format 'xml'"],
    ['an unknown workload', ['can', 'agents/agnet', 'data/weaviate'], "Did you mean 'agents/agent'?"],
    ['an unknown command', ['lits'], "There is no command 'lits'; did you mean 'list'"],
    [
      'a folder that is not there for its result',
      ['list', 'retrieval.yaml', '--output', 'no/such/folder.txt'],
      'no/such/folder.txt: The file cannot be written: its folder is not there',
    ],
  ])('refuses %s with exit code 3, and prints nothing on standard output', (_, argv, message) => {
    here.write('empty/README.md', '');
    here.write('broken.yaml', 'a: [1\n');
    const paths = argv[0] === 'can' ? ['-f', 'retrieval.yaml'] : [];
    const { code, out, err } = started([...argv, ...paths]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(message);
    expect(err).not.toMatch(/^\s+at /m);
  });

  it('ends quietly where who reads closes the pipe early', async () => {
    const child = spawn(process.execPath, [...program, 'list', 'retrieval.yaml'], {
      cwd: here.path,
      env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json') },
    });
    let err = '';
    child.stderr.on('data', (data) => {
      err += data;
    });
    child.stdout.destroy();
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect([code, err]).toEqual([0, '']);
  }, 120_000);

  it('writes files whole, and leaves what was there where one cannot be written', () => {
    here.write('result.json', 'old');
    const both = ['--format', 'json', '--output', 'result.json', '--format', 'csv', '--output'];
    const failed = started(['list', 'retrieval.yaml', ...both, 'no/such/result.csv']);
    expect([failed.code, failed.out]).toEqual([3, '']);
    expect(readFileSync(join(here.path, 'result.json'), 'utf8')).toBe('old');
    expect(readdirSync(here.path).sort()).toEqual(['result.json', 'retrieval.yaml']);
    const written = started(['list', 'retrieval.yaml', ...both, 'result.csv']);
    expect(written).toEqual({ code: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(join(here.path, 'result.json'), 'utf8')).connections.length).toBeGreaterThan(0);
    expect(existsSync(join(here.path, 'result.csv'))).toBe(true);
  });

  it('refuses a file that it may not read', () => {
    here.write('secret.yaml', RETRIEVAL);
    chmodSync(join(here.path, 'secret.yaml'), 0);
    // Who is root may read everything.
    if (process.getuid?.() === 0) return;
    const { code, err } = started(['list', 'secret.yaml']);
    expect([code, err]).toEqual([3, expect.stringContaining('secret.yaml: It may not be read by this user')]);
  });
});

describe('a pipe that goes on', () => {
  it('ends with what is known where the user interrupts', async () => {
    here.write('graph.json', platform().graph);
    const child = spawn(process.execPath, [...program, 'flows', '-', '--graph', 'graph.json', '--every', '1'], {
      cwd: here.path,
      env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json'), NO_COLOR: '1' },
    });
    const [source, destination] = ['ai-agents/agent', 'ai-data/redis'].map((end) => {
      const [namespace, app] = end.split('/');
      return { namespace, labels: { app } };
    });
    child.stdin.write(`${JSON.stringify({ source, destination, protocol: 'TCP', port: 22, verdict: 'passed' })}\n`);
    // What is printed so far shows that it reads by now.
    const [first] = await once(child.stdout, 'data');
    expect(`${first}`).toContain('undeclared: passed');
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([2, null]);
  }, 60_000);
});

describe('what writes to a cluster', () => {
  /** A kubectl that writes down what it is asked, finds no Job at first, and never sees one end. */
  const KUBECTL = `#!/bin/sh
case "$1 $*" in
create* | delete*) sleep 0.05; echo "$1 $(grep -o '"name":"[^"]*"' | head -1)" >> calls ;;
*' name') echo 'Error from server (NotFound): jobs.batch not found' >&2; exit 1 ;;
get*) echo get >> calls ;;
esac
`;

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'removes all of it after %s, and after more of them',
    async (signal) => {
      ZeroTrust.render(probed().app, { folder: join(here.path, 'dist') });
      here.write('kubectl', KUBECTL);
      chmodSync(join(here.path, 'kubectl'), 0o755);
      const child = spawn(process.execPath, [...program, 'probe', 'dist', '--kubectl', './kubectl'], {
        cwd: here.path,
        env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.json'), NO_COLOR: '1' },
      });
      const ended = once(child, 'exit');
      const calls = () => {
        const path = join(here.path, 'calls');
        return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
      };
      const called = async (word: string) => {
        const isOver = () => child.exitCode !== null || child.signalCode !== null;
        while (!isOver() && !calls().some((call) => call.startsWith(word))) {
          await new Promise((done) => setTimeout(done, 20));
        }
      };
      await called('get');
      child.kill(signal);
      await called('delete');
      child.kill(signal);
      child.kill('SIGINT');
      expect(await ended).toEqual([2, null]);
      const of = (verb: string) => calls().flatMap((call) => (call.startsWith(verb) ? [call.slice(verb.length)] : []));
      expect(of('create').length).toBeGreaterThan(5);
      expect(of('delete').sort()).toEqual(of('create').sort());
    },
    60_000,
  );
});
