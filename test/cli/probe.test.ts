import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZeroTrust } from '../../lib';
import type { Kubectl } from '../../lib/cli/kubectl-run';
import { platform } from '../probes/scenario';
import { run } from './run';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-'));
  ZeroTrust.render(platform().app, { folder: join(folder, 'dist') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A cluster that answers tries as policies do, or otherwise for some legs. */
class FakeCluster {
  readonly created: string[] = [];
  readonly deleted: string[] = [];
  private readonly jobs = new Map<string, readonly string[]>();

  constructor(
    private readonly says: (leg: string, expected: string) => string = (_, expected) =>
      expected === 'allow' ? 'OPEN' : 'TIMEOUT',
    private readonly fails: (args: readonly string[], text: string) => string | undefined = () => undefined,
  ) {}

  readonly kubectl: Kubectl = (args, input = '') => {
    const failure = this.fails(args, input);
    if (failure !== undefined) return Promise.resolve({ ok: false, out: '', err: failure });
    return Promise.resolve(this.answer(args, input));
  };

  private answer(args: readonly string[], input: string) {
    const [verb, , name] = args;
    const yes = (out = '') => ({ ok: true, out, err: '' });
    if (verb === 'create') {
      const { kind, metadata, spec } = JSON.parse(input);
      this.created.push(`${kind} ${metadata.name}`);
      if (kind === 'Job') this.jobs.set(metadata.name, spec.template.spec.containers[0].args);
      return yes();
    }
    if (verb === 'delete') {
      const { kind, metadata } = JSON.parse(input);
      this.deleted.push(`${kind} ${metadata.name}`);
      return yes();
    }
    if (verb === 'logs') return yes(this.log(this.jobs.get(String(args[1]).replace('job/', '')) ?? []));
    if (args.includes('name')) return { ok: this.jobs.has(String(name)), out: '', err: 'NotFound' };
    return yes('Complete ');
  }

  private log(args: readonly string[]): string {
    const lines = args.flatMap((arg) => {
      const [id, expected] = arg.split(',');
      return [1, 2, 3].map((round) => `probe ${round} ${id} ${this.says(id, expected)}`);
    });
    return ['resolved', ...lines, 'done'].join('\n');
  }
}

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

  it('asks no cluster for a dry run', async () => {
    const cluster = new FakeCluster();
    const { code, err } = await probe(cluster, ['--dry-run']);
    expect([code, cluster.created]).toEqual([0, []]);
    expect(err).toContain('and tries:\n  allow ');
  });

  it.each([
    [['--test', 'other'], "There is no test 'other' in these manifests"],
    [['--kubectl'], '--kubectl'],
  ])('refuses %j', async (argv, says) => {
    const { code, err } = await probe(new FakeCluster(), argv);
    expect(code).toBe(3);
    expect(err).toContain(says);
  });

  it('refuses manifests without a test', async () => {
    const { code, err } = await run(['probe', 'examples/guide']);
    expect(code).toBe(3);
    expect(err).toContain('There is no test of isolation in these manifests');
  });
});
