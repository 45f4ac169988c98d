import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { platform } from '../flow-logs/platform';
import { type Around, type Ended, run } from './run';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'flows-'));
  const { graph, manifests } = platform();
  writeFileSync(join(folder, 'graph.json'), graph);
  writeFileSync(join(folder, 'policies.yaml'), manifests);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A line of our own format. */
function line(source: string, destination: string, port: number, more: object = {}): string {
  const end = (text: string) => {
    const [namespace, app] = text.split('/');
    return { namespace, labels: { app } };
  };
  const ends = { source: end(source), destination: end(destination) };
  return `${JSON.stringify({ ...ends, protocol: 'TCP', port, portIs: 'pod', verdict: 'passed', ...more })}\n`;
}

const DECLARED = line('ai-agents/agent', 'ai-data/redis', 6379);
const UNDECLARED = line('ai-agents/agent', 'ai-data/redis', 22);
const GRAPH = ['--graph', 'graph.json'];

function flows(argv: readonly string[], around: Around = {}): Promise<Ended> {
  return run(['flows', ...argv], { cwd: folder, ...around });
}

function write(name: string, text: string | Uint8Array): string {
  writeFileSync(join(folder, name), text);
  return name;
}

describe('what flows end with', () => {
  it('is 0 where everything is declared, and what was never seen is no failure', async () => {
    const { code, out, err } = await flows([write('a.jsonl', DECLARED), ...GRAPH]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain('declared and never seen (5)');
    expect(out).toContain('Nothing against what is declared.\nRead: 1 flow in 1 line of a.jsonl (jsonl).');
  });

  it('is 1 where something is undeclared, or of another class that was asked for', async () => {
    const file = write('a.jsonl', `${DECLARED}${UNDECLARED}`);
    expect((await flows([file, ...GRAPH])).code).toBe(1);
    expect((await flows([file, ...GRAPH, '--fail-on', 'none'])).code).toBe(0);
    expect((await flows([file, ...GRAPH, '--fail-on', 'would-be-dropped'])).code).toBe(0);
    expect((await flows([file, ...GRAPH, '--fail-on', 'would-be-dropped,never-seen'])).code).toBe(1);
  });

  it('is 2 where it hangs on what the log does not say, or says nothing of what is declared', async () => {
    const half = UNDECLARED.replace('"app":"agent"', '"tenant":"blue"').replace('22', '6379');
    expect((await flows([write('a.jsonl', half), ...GRAPH])).code).toBe(2);
    const nobody =
      '{"source":{"address":"10.0.9.9"},"destination":{"address":"10.0.9.8"},"protocol":"TCP","port":80,"verdict":"passed"}\n';
    const { code, out } = await flows([write('b.jsonl', nobody), ...GRAPH]);
    expect(code).toBe(2);
    expect(out).toContain('not attributable: 1 record');
  });

  it('is 2 where all of the log is set aside', async () => {
    const { code, out } = await flows([write('a.jsonl', line('shop/web', 'shop/api', 80)), ...GRAPH]);
    expect(code).toBe(2);
    expect(out).toContain('Nothing of the logs could be tied to what is declared');
  });

  it('says which column of CSV was meant by one that is not known', async () => {
    const csv = 'source.namespace,source.label,destination.namespace,verdict\nshop,app=web,shop,passed\n';
    const { err } = await flows([write('a.csv', csv), ...GRAPH]);
    expect(err).toBe('a.csv:1: the column source.label is not known; did you mean source.labels?\n');
    expect((await flows(['a.csv', ...GRAPH, '--quiet'])).err).toBe('');
  });

  it('is 3 where no flow was read', async () => {
    const { code, out, err } = await flows([write('a.txt', 'hello\nworld\n'), ...GRAPH]);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('No flow was read, so that nothing can be said.\n  a.txt:1: ');
    expect(err).toContain('Formats that are read: hubble, ');
    expect((await flows([write('empty.log', ''), ...GRAPH])).code).toBe(3);
  });

  it.each([
    ['neither a graph nor manifests', ['a.jsonl'], 'There is nothing to hold the flows against'],
    ['a log that is not there', ['no.log', ...GRAPH], 'no.log: It is not there'],
    ['a graph that is not there', ['a.jsonl', '--graph', 'no.json'], 'there is no policy graph to read'],
    ['an unknown class', ['a.jsonl', ...GRAPH, '--fail-on', 'undecleared'], "did you mean 'undeclared'"],
    ['an unknown format', ['a.jsonl', ...GRAPH, '--log-format', 'hubbel'], "did you mean 'hubble'"],
    ['a time that is none', ['a.jsonl', ...GRAPH, '--since', 'yesterday'], '--since is not a time'],
    ['a time without its zone', ['a.jsonl', ...GRAPH, '--until', '2026-11-27T10:00:00'], '--until is not a time'],
    ['no number of seconds', ['a.jsonl', ...GRAPH, '--every', '0'], '--every is not a number of seconds'],
    ['standard input twice', ['-', '-f', '-'], 'Standard input cannot be the log and the manifests'],
    ['the engine beside a graph', ['a.jsonl', ...GRAPH, '--engine', 'calico'], 'says which cluster it is for (cilium)'],
    ['no log', [...GRAPH], 'logs'],
  ])('is 3 for %s, with what is wrong', async (_, argv, message) => {
    write('a.jsonl', DECLARED);
    const { code, out, err } = await flows(argv);
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain(message);
  });
});

describe('logs', () => {
  it('are files, several of them, gzip, and standard input', async () => {
    write('a.jsonl', DECLARED);
    write('b.jsonl.gz', gzipSync(UNDECLARED));
    const { out } = await flows(['a.jsonl', 'b.jsonl.gz', '-', ...GRAPH], { stdin: UNDECLARED });
    expect(out).toContain('2 times; b.jsonl.gz:1');
    expect(out).toContain('Read: 3 flows in 3 lines of a.jsonl (jsonl), b.jsonl.gz (jsonl), standard input (jsonl).');
  });

  it('are read for a time alone where it is asked for', async () => {
    const at = (from: string) => line('ai-agents/agent', 'ai-data/redis', 22, { from });
    write('a.jsonl', `${at('2026-11-26T10:00:00Z')}${at('2026-11-27T10:00:00Z')}`);
    const { out } = await flows(['a.jsonl', ...GRAPH, '--since', '2026-11-27', '--until', '2026-11-27T12:00:00+01:00']);
    expect(out).toContain('once at 2026-11-27T10:00:00Z; a.jsonl:2');
    expect((await flows(['a.jsonl', ...GRAPH, '--since', '2026-11-28'])).code).toBe(0);
  });

  it("show a line where it is asked for alone, since it may hold what is nobody's business", async () => {
    write('a.jsonl', line('ai-agents/agent', 'ai-data/redis', 22, { request: { path: '/users/4711?key=s3cret' } }));
    const usual = await flows(['a.jsonl', ...GRAPH, '--format', 'json']);
    expect(usual.out).not.toContain('s3cret');
    expect((await flows(['a.jsonl', ...GRAPH, '--samples'])).out).toContain('s3cret');
  });
});

describe('manifests', () => {
  it('are asked what they would drop, with the graph of their folder', async () => {
    write('a.jsonl', `${DECLARED}${UNDECLARED}`);
    const { code, out, err } = await flows(['a.jsonl', '-f', '.', '--fail-on', 'would-be-dropped']);
    expect(code).toBe(1);
    expect(err).toMatch(/What is declared is that of \S*graph[.]json[.]\n/);
    expect(out).toContain('would be dropped: passes today (1)');
    expect(out).toMatch(
      /ingress of ai-data\/Pod\/app=redis: denied; nearest is CiliumNetworkPolicy ai-data\/redis spec\.ingress\[0\] \(.*policies\.yaml:\d+\), which has the ports TCP\/6379 and not TCP\/22/,
    );
  });

  it('say by their annotations what is declared, where there is no graph', async () => {
    write('a.jsonl', `${DECLARED}${UNDECLARED}`);
    const { code, out } = await flows(['a.jsonl', '-f', 'policies.yaml', '--quiet']);
    expect(code).toBe(1);
    expect(out).toContain('undeclared: passed, and nothing declares it (1)\n  ai-agents/agent -> ai-data/redis TCP/22');
  });

  it('of others are held against flows by themselves', async () => {
    write(
      'others.yaml',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: closed, namespace: ai-data }\nspec: { podSelector: {}, policyTypes: [Ingress] }\n',
    );
    write('a.jsonl', DECLARED);
    const { code, out } = await flows(['a.jsonl', '-f', 'others.yaml', '--fail-on', 'would-be-dropped']);
    expect(code).toBe(1);
    expect(out).toContain('would be dropped: passes today (1)');
    expect(out).not.toContain('undeclared');
  });
});

describe('results', () => {
  it.each(['json', 'sarif', 'gitlab'])('are %s that can be parsed', async (format) => {
    write('a.jsonl', UNDECLARED);
    const { code, out } = await flows(['a.jsonl', ...GRAPH, '--format', format]);
    expect(code).toBe(1);
    expect(JSON.stringify(JSON.parse(out))).toContain('flow-undeclared');
  });

  it.each(['junit', 'github', 'markdown', 'ocsf', 'ecs'])('are %s', async (format) => {
    write('a.jsonl', UNDECLARED);
    const { out } = await flows(['a.jsonl', ...GRAPH, '--format', format]);
    expect(out).toContain('flow-undeclared');
  });

  it('go to files of their own', async () => {
    write('a.jsonl', UNDECLARED);
    await flows(['a.jsonl', ...GRAPH, '--format', 'ocsf', '--output', join(folder, 'x.jsonl'), '--format', 'text']);
    expect(readFileSync(join(folder, 'x.jsonl'), 'utf8').split('\n')).toHaveLength(3);
    expect(existsSync(join(folder, 'x.jsonl'))).toBe(true);
  });

  it('are printed so far on an interrupt, in the middle of a pipe that goes on', async () => {
    let interrupt = () => {};
    const out: string[] = [];
    async function* endless() {
      for (let i = 0; ; i++) {
        if (i === 10) interrupt();
        yield UNDECLARED;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    const { code } = await run(['flows', '-', ...GRAPH], {
      cwd: folder,
      more: {
        out: (text: string) => void out.push(text),
        stdinBytes: () => endless(),
        onInterrupt: (interrupted: () => void) => {
          interrupt = interrupted;
          return () => {};
        },
      },
    });
    expect(code).toBe(1);
    expect(out.join('')).toContain('1 undeclared. The log goes on.');
    expect(out.join('')).toContain('10 times; standard input:1');
    expect(out.join('')).toContain('Read: 10 flows in 10 lines of standard input');
  });

  it('are printed every so many seconds while the log goes on', async () => {
    const out: string[] = [];
    async function* slow() {
      yield UNDECLARED;
      await new Promise((resolve) => setTimeout(resolve, 1300));
      yield UNDECLARED;
    }
    const more = { out: (text: string) => void out.push(text), stdinBytes: () => slow() };
    await run(['flows', '-', ...GRAPH, '--every', '1'], { cwd: folder, more });
    const said = out.join('').match(/\n {4}(once|2 times); standard input:1/g);
    expect(said?.map((one) => one.trim().split(';')[0])).toEqual(['once', '2 times']);
  });

  it('show progress on a terminal, and take it back', async () => {
    write('a.jsonl', UNDECLARED);
    const { err } = await run(['flows', 'a.jsonl', ...GRAPH], { cwd: folder, more: { isErrTerminal: true } });
    expect(err).toMatch(/^\ra\.jsonl: 0 MB, 1 lines\r +\r$/);
    expect(
      (await run(['flows', 'a.jsonl', ...GRAPH, '--quiet'], { cwd: folder, more: { isErrTerminal: true } })).err,
    ).toBe('');
  });
});
