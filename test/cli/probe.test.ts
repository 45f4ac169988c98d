import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cidr, Port, ZeroTrust } from '../../lib';
import type { Kubectl } from '../../lib/cli/kubectl-run';
import { FakeCluster } from '../probes/fake-cluster';
import { platform } from '../probes/scenario';
import { run } from './run';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
  ZeroTrust.render(platform().app, { folder: join(folder, 'dist') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const probe = (cluster: FakeCluster, argv: readonly string[] = [], more = {}) =>
  run(['probe', join(folder, 'dist'), ...argv], {
    more: { kubectl: cluster.kubectl, pause: () => Promise.resolve(), ...more },
  });

describe('probe', () => {
  it('says first what it creates and tries, tries it, and deletes all of it', async () => {
    const cluster = new FakeCluster();
    const { code, out, err } = await probe(cluster);
    expect(err).toMatch(
      /^The test isolation creates, and deletes when it is over:\n {2}Namespace isolation-elsewhere\n/m,
    );
    expect(out).toMatch(/\n0 broken, 0 untested, \d+ held\n$/);
    expect(code).toBe(0);
    expect(cluster.created[0]).toBe('Namespace isolation-elsewhere');
    expect(cluster.created.filter((each) => each.startsWith('Job')).length).toBeGreaterThan(5);
    expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
  });

  it('says results alone where no message is wanted; of a dry run, what it would do is the result', async () => {
    expect(await probe(new FakeCluster(), ['--quiet'])).toMatchObject({ code: 0, err: '' });
    const dry = await probe(new FakeCluster(), ['--dry-run', '--quiet']);
    expect(dry.err).toContain('The test isolation creates, and deletes when it is over:\n');
  });

  it('says of a dry run what stays untested, and why somebody said that may be', async () => {
    const cluster = new FakeCluster();
    const { code, err } = await probe(cluster, ['--dry-run']);
    expect([code, cluster.created]).toEqual([0, []]);
    expect(err).toContain(
      'and leaves untested ("agents are reached by nobody"):\n  what keeps strangers out of ai-agents/agent: no flow leads to it',
    );
  });

  it('says it in the results too, where it is no part of the sum', async () => {
    const text = await probe(new FakeCluster());
    expect(text.out).toMatch(
      /^left out {2}what keeps strangers out of ai-agents[/]agent: no flow leads to it.* [(]"agents are reached by nobody"[)]$/m,
    );
    const json = await probe(new FakeCluster(), ['--format', 'json']);
    expect(JSON.parse(json.out).accepted).toContainEqual(
      expect.objectContaining({ test: 'isolation', because: 'agents are reached by nobody' }),
    );
  });

  it('says it of each flow over UDP, in a dry run and in the results', async () => {
    const { app, weaviate, agent } = platform();
    weaviate.connections.allowFrom(agent, { ports: [Port.udp(8125)], because: 'counters are sent' });
    weaviate.connections.allowTo(Cidr.of('fd12::/48'), { ports: [Port.udp(123)], because: 'clocks are set' });
    ZeroTrust.render(app, { folder: join(folder, 'udp') });
    const said = [
      'UDP/123 from ai-data/weaviate to fd12::/48: a server over UDP need not answer whom it hears',
      'UDP/8125 from ai-agents/agent to ai-data/weaviate: a server over UDP need not answer whom it hears',
    ];
    const more = { kubectl: new FakeCluster().kubectl, pause: () => Promise.resolve() };
    const dry = await run(['probe', join(folder, 'udp'), '--dry-run'], { more });
    expect(said.filter((line) => !dry.err.includes(`  ${line}`))).toEqual([]);
    const ran = await run(['probe', join(folder, 'udp')], { more });
    expect(said.filter((line) => !ran.out.includes(`left out  ${line}`))).toEqual([]);
    expect(ran.code).toBe(0);
  });

  it('ends with 1 where somebody gets through whom nothing declares', async () => {
    const isOpen = (leg: string, expected: string) => expected === 'allow' || leg.startsWith('stranger-ai-data');
    const { code, out } = await probe(new FakeCluster((leg, expected) => (isOpen(leg, expected) ? 'OPEN' : 'TIMEOUT')));
    expect(code).toBe(1);
    expect(out).toMatch(
      /^broken {4}deny {2}stranger-ai-data -> .*: nothing declares it, and it got through \(3 got through\)$/m,
    );
  });

  it('takes a denial for nothing where nobody got through to the same place', async () => {
    const { code, out } = await probe(new FakeCluster(() => 'TIMEOUT'));
    expect(code).toBe(1);
    expect(out).toMatch(/^untested {2}deny .*it was stopped, and so was who may reach/m);
    expect(out).not.toMatch(/^held {6}deny/m);
  });

  it('calls it untested where nothing resolves', async () => {
    const { code, out } = await probe(new FakeCluster(() => 'DNS'));
    expect(code).toBe(2);
    expect(out).toMatch(/ 0 held\n$/);
  });

  it('deletes everything where a Job cannot be created', async () => {
    const cluster = new FakeCluster(undefined, ([verb], text) =>
      verb === 'create' && text.includes('-between-') ? 'Error from server (Forbidden)' : undefined,
    );
    const { code, err } = await probe(cluster);
    expect(code).toBe(3);
    expect(err).toContain('it could not be created: Error from server (Forbidden)');
    expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
    expect(cluster.created.length).toBeGreaterThan(1);
  });

  it.each(['error: unexpected EOF', '', 'Error from server (Timeout): the server did not answer in time'])(
    'deletes what a call may have made that failed with %j',
    async (failure) => {
      const cluster = new FakeCluster();
      const lost: Kubectl = async (args, input = '') => {
        const ended = await cluster.kubectl(args, input);
        const isLost = args[0] === 'create' && input.includes('-between-stranger-');
        return isLost ? { ok: false, out: '', err: failure } : ended;
      };
      const { code, err } = await probe(cluster, [], { kubectl: lost });
      expect(code).toBe(3);
      expect(err).toContain('it could not be created');
      expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
    },
  );

  it('leaves a namespace that was there', async () => {
    const cluster = new FakeCluster(undefined, ([verb], text) =>
      verb === 'create' && text.includes('"kind":"Namespace"') ? 'Error from server (AlreadyExists)' : undefined,
    );
    expect((await probe(cluster)).code).toBe(0);
    expect(cluster.deleted.some((each) => each.startsWith('Namespace'))).toBe(false);
  });

  it('deletes everything where it is interrupted, and calls the rest untested', async () => {
    const cluster = new FakeCluster();
    let interrupt: () => void = () => undefined;
    const { code, err } = await probe(cluster, [], {
      onInterrupt: (interrupted: () => void) => {
        interrupt = interrupted;
        return () => undefined;
      },
      kubectl: ((args, input) => {
        if (args[0] === 'logs') interrupt();
        return cluster.kubectl(args, input);
      }) satisfies Kubectl,
    });
    expect(code).toBe(2);
    expect(err).toContain('Interrupted: what was created is deleted.');
    expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
  });

  it('says what could not be deleted', async () => {
    const cluster = new FakeCluster(undefined, ([verb], text) =>
      verb === 'delete' && text.includes('"kind":"NetworkPolicy"') ? 'Error from server (Forbidden)' : undefined,
    );
    const { code, err } = await probe(cluster);
    expect(code).toBe(3);
    expect(err).toContain('not everything that the test made could be deleted: NetworkPolicy ');
  });

  it('refuses to run beside another run', async () => {
    const cluster = new FakeCluster();
    const running: Kubectl = (args, input) =>
      args.includes('name') ? Promise.resolve({ ok: true, out: 'job.batch/x', err: '' }) : cluster.kubectl(args, input);
    const { code, err } = await probe(cluster, [], { kubectl: running });
    expect(code).toBe(3);
    expect(err).toContain('the test isolation is in the cluster already');
    expect(cluster.created).toEqual([]);
  });

  it.each([
    'Error in configuration: context was not found for specified context: staging',
    'spawn kubectl ENOENT',
    'Error from server (Forbidden): jobs.batch is forbidden',
    'The connection to the server localhost:8080 was refused - did you specify the right host or port?',
  ])('creates nothing and has nothing to delete where kubectl says %j', async (said) => {
    const cluster = new FakeCluster(undefined, () => said);
    const { code, err } = await probe(cluster);
    expect(code).toBe(3);
    expect(err).toContain(`kubectl could not tell whether the test isolation is in the cluster already: ${said}`);
    expect(err).not.toContain('could be deleted');
    expect(cluster.created).toEqual([]);
  });

  it('says why it stopped, and what it could not delete then', async () => {
    const cluster = new FakeCluster(undefined, ([verb], text) => {
      if (verb === 'create' && text.includes('-between-')) return 'Error from server (Forbidden)';
      return verb === 'delete' ? 'error: unexpected EOF' : undefined;
    });
    const { code, err } = await probe(cluster);
    expect(code).toBe(3);
    expect(err).toContain('it could not be created: Error from server (Forbidden)');
    expect(err).toContain('not everything that the test made could be deleted: ');
  });

  describe('--load', () => {
    it('holds connections of each client open before denials are tried, until all is over, and says how many', async () => {
      const cluster = new FakeCluster();
      const { code, out, err } = await probe(cluster, ['--load', '7']);
      expect(code).toBe(0);
      expect(err).toContain('  Job ai-gateway/isolation-load-');
      expect(out).toMatch(
        /^load {6}member-ai-gateway-envoy -> \S+ TCP vllm.ai-inference.svc:8000: 7 connections were held open while denials were tried$/m,
      );
      const kinds = cluster.created.map((each) => /-(before|load|between|after)-/.exec(each)?.[1] ?? 'around');
      expect([...new Set(kinds)]).toEqual(['around', 'before', 'load', 'between', 'after']);
      expect(cluster.created.filter((each) => each.includes('-load-'))).toHaveLength(4);
      expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
    });

    it.each([
      ['the server closed some of them', { holds: [7, 7, 3, 7] }, 'only 3 of 7'],
      ['they were closed as denials began', { holds: [7, 7, 0, 0] }, 'only 0 of 7'],
      ['some never came about', { holds: [1, 2] }, 'only 2 of 7'],
      ['the Job says nothing', { holds: [] }, 'only 0 of 7'],
      ['the Job ended before', { holds: [7, 7], endsLoad: true }, 'only 0 of 7'],
    ])('calls denials untested beside what was not held: %s', async (_, faults, says) => {
      const cluster = new FakeCluster(undefined, undefined, faults);
      const { code, out } = await probe(cluster, ['--load', '7']);
      expect(out).toContain(`${says} connections were held open`);
      expect(out).toMatch(/^untested {2}whether denials hold beside 7 connections to .*: only \d were held open$/m);
      expect(code).toBe(2);
      expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
    });

    it('says it to programs', async () => {
      const { out } = await probe(new FakeCluster(), ['--load', '7', '--format', 'json']);
      const { load, untested } = JSON.parse(out);
      expect(load).toHaveLength(4);
      expect(load[0]).toEqual(expect.objectContaining({ test: 'isolation', asked: 7, fewest: 7 }));
      expect(untested).toEqual([]);
    });

    it('removes the load too where it is interrupted', async () => {
      let interrupt: () => void = () => undefined;
      const cluster = new FakeCluster();
      const { code } = await probe(cluster, ['--load', '7'], {
        onInterrupt: (interrupted: () => void) => {
          interrupt = interrupted;
          return () => undefined;
        },
        kubectl: ((args, input = '') => {
          if (args[0] === 'create' && input.includes('-load-')) interrupt();
          return cluster.kubectl(args, input);
        }) satisfies Kubectl,
      });
      expect(code).toBe(2);
      expect(cluster.created.some((each) => each.includes('-load-'))).toBe(true);
      expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
    });

    it.each(['0', '501', 'many', '-1', '1.5', ''])('refuses %j', async (number) => {
      const cluster = new FakeCluster();
      const { code, err } = await probe(cluster, [`--load=${number}`]);
      expect(code).toBe(3);
      expect(err).toContain(`'${number}' is not a number of connections to hold open`);
      expect(cluster.created).toEqual([]);
    });
  });

  it('asks no cluster for a dry run', async () => {
    const cluster = new FakeCluster();
    const { code, err } = await probe(cluster, ['--dry-run']);
    expect([code, cluster.created]).toEqual([0, []]);
    expect(err).toContain('and tries:\n  allow ');
  });

  it.each([
    [['--test', 'other'], "There is no test 'other' in these manifests"],
    [['--kubectl'], '--kubectl'],
    [['--tier', 'ai-data/minio'], '--tier lays out a test of a graph'],
    [['--graph', 'graph.json'], '--graph lays out a test of a graph'],
    [['--settle', '3'], '--settle lays out a test of a graph'],
  ])('refuses %j', async (argv, says) => {
    const { code, err } = await probe(new FakeCluster(), argv);
    expect(code).toBe(3);
    expect(err).toContain(says);
  });

  it('names the tests that there are, where another is asked for', async () => {
    const { err } = await probe(new FakeCluster(), ['--test', 'other']);
    expect(err).toMatch(/^--test \S+, or no --test for the only one/m);
    expect(err).not.toContain('new IsolationTest');
  });

  it('says of a folder that is not there that alone', async () => {
    const { code, err } = await run(['probe', 'no-such-folder', '--dry-run']);
    expect(code).toBe(3);
    expect(err).toContain('no-such-folder');
    expect(err).not.toContain('There is no test of isolation');
  });

  it('refuses manifests without a test', async () => {
    const { code, err } = await run(['probe', 'examples/guide']);
    expect(code).toBe(3);
    expect(err).toContain('There is no test of isolation in these manifests');
  });
});
