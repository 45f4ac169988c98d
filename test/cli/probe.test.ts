import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZeroTrust } from '../../lib';
import type { Kubectl } from '../../lib/probes/kubectl';
import { platform } from '../probes/scenario';
import { type Around, run } from './run';

const folder = mkdtempSync(join(tmpdir(), 'probe-'));
const dist = join(folder, 'dist');

beforeAll(() => {
  ZeroTrust.render(platform({ elsewhere: 'earlier', name: 'earlier' }).app, { folder: dist });
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Item {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: Jobs, as far as the fake runs them
  readonly spec?: any;
}

interface Faults {
  /** What a leg is answered: by its id and its address. */
  readonly answer?: (leg: string, expected: string) => string;
  readonly refuse?: (items: readonly Item[]) => boolean;
  readonly failDeletes?: boolean;
  readonly onCreate?: (items: readonly Item[], interrupt: () => void) => void;
  readonly held?: number;
  readonly pods?: (namespace: string) => unknown[];
  readonly services?: readonly unknown[];
}

/** A cluster that keeps objects, and whose Jobs answer at once. */
class FakeCluster {
  readonly objects = new Set<Item>();
  readonly calls: string[] = [];
  private interrupt: () => void = () => undefined;

  constructor(private readonly faults: Faults = {}) {}

  readonly kubectl: Kubectl = async (args, input = '') => {
    this.calls.push(args.join(' '));
    const fine = (out = '') => ({ ok: true, out, err: '' });
    const wrong = (err: string) => ({ ok: false, out: '', err });
    if (args[0] === 'create') {
      const { items } = JSON.parse(input) as { items: Item[] };
      // It took some before it refused the rest.
      const isRefused = this.faults.refuse?.(items) === true;
      for (const item of isRefused ? items.slice(0, 1) : items) this.objects.add(item);
      this.faults.onCreate?.(items, () => this.interrupt());
      return isRefused ? wrong('Error from server (Forbidden): jobs.batch is forbidden') : fine();
    }
    if (args[0] === 'delete') {
      if (this.faults.failDeletes) return wrong('Unable to connect to the server');
      const [resource, label] = [args[1], args[3].split('=')];
      for (const object of this.objects) {
        const isOfKind = resource.split('.')[0] === plural(object.kind);
        const isThere = object.metadata.namespace === (args.includes('-n') ? args[args.indexOf('-n') + 1] : undefined);
        if (isOfKind && isThere && object.metadata.labels[label[0]] === label[1]) this.objects.delete(object);
      }
      return fine();
    }
    const name = args[0] === 'logs' ? args[1].slice('job/'.length) : args[2];
    const job = [...this.objects].find((object) => object.kind === 'Job' && object.metadata.name === name);
    if (job === undefined) return wrong('Error from server (NotFound)');
    if (args[0] === 'logs') return fine(this.logOf(job));
    return fine(JSON.stringify({ status: { conditions: [{ type: 'Complete', status: 'True' }] } }));
  };

  private logOf({ metadata: { name }, spec }: Item): string {
    if (name.includes('-load-')) return `holding ${this.faults.held ?? 7} of 7\n`;
    const legs = spec.template.spec.containers[0].args as string[];
    const answer = this.faults.answer ?? ((_, expected) => (expected === 'allow' ? 'OPEN' : 'TIMEOUT'));
    const lines = legs.flatMap((leg) => {
      const [id, expected] = leg.split(',');
      return [1, 2, 3].map((round) => `probe ${round} ${id} ${answer(id, expected)}`);
    });
    return ['resolved', ...lines, 'done', ''].join('\n');
  }

  readonly get = async (path: string) => {
    const [, , , , namespace, resource] = path.split('/');
    const pods = this.faults.pods ?? podsIn;
    const items = resource === 'pods' ? pods(namespace) : (this.faults.services ?? []);
    return { status: 200, body: JSON.stringify({ items }) };
  };

  io(): Around {
    return {
      kubectl: () => this.kubectl,
      cluster: async () => ({ name: 'fake', get: this.get }),
      sleep: async () => undefined,
      onInterrupt: (interrupted) => {
        this.interrupt = interrupted;
        return () => undefined;
      },
    };
  }
}

const PLURALS: Readonly<Record<string, string>> = { NetworkPolicy: 'networkpolicies' };
const plural = (kind: string) => PLURALS[kind] ?? `${kind.toLowerCase()}s`;

const PODS: Readonly<Record<string, readonly (readonly [string, number])[]>> = {
  'ai-gateway': [['envoy', 8080]],
  'ai-inference': [['vllm', 8000]],
  'ai-agents': [['agent', 1]],
  'ai-data': [
    ['minio', 9000],
    ['weaviate', 8080],
  ],
};

const podsIn = (namespace: string): unknown[] =>
  (PODS[namespace] ?? []).map(([app, containerPort], index) => ({
    metadata: { labels: { app } },
    spec: { containers: [{ ports: [{ containerPort }] }] },
    status: { podIP: `10.244.1.${index + 1}`, conditions: [{ type: 'Ready', status: 'True' }] },
  }));

const probed = (cluster: FakeCluster, ...args: string[]) =>
  run(['probe', dist, '--live', '--tier', 'ai-inference/vllm', '--tier', 'ai-data/minio', ...args], cluster.io());

describe('probe', () => {
  it('says first what it will create, tries it, and removes all of it', async () => {
    const cluster = new FakeCluster();
    const { code, out, err } = await probed(cluster);
    expect(code).toBe(0);
    expect(err).toMatch(
      /This will be created, and removed at the end:\n {2}Namespace zt-probe-elsewhere\n {2}NetworkPolicy /,
    );
    expect(err).toContain('  Job ai-gateway/zt-probe-before-member-ai-gateway-envoy\n');
    expect(out).toContain('held      allow  ai-gateway/envoy -> ai-inference/vllm TCP 10.244.1.1:8000');
    expect(out).toMatch(/Everything that was tried is as declared\. \(\d+ held, 0 broken, 0 untested, 0 left out\)/);
    expect([...cluster.objects]).toEqual([]);
    expect(cluster.calls.filter((call) => call.startsWith('create'))).toHaveLength(5);
  });

  it.each([
    [
      'a stranger that got in',
      (id: string, expected: string) =>
        id.startsWith('stranger-ai-data') ? 'OPEN' : expected === 'allow' ? 'OPEN' : 'TIMEOUT',
      1,
    ],
    [
      'a client that was cut off',
      (id: string, expected: string) =>
        expected === 'allow' && id.startsWith('member') ? 'TIMEOUT' : expected === 'allow' ? 'OPEN' : 'TIMEOUT',
      1,
    ],
    ['nothing getting through anywhere but where it must', () => 'REFUSED', 1],
    ['names that do not resolve', () => 'DNS: lookup', 2],
    [
      'no metadata service',
      (id: string, expected: string) => (expected === 'allow' && !id.endsWith('metadata-service') ? 'OPEN' : 'TIMEOUT'),
      2,
    ],
  ])('ends as %s tells', async (_, answer, code) => {
    const cluster = new FakeCluster({ answer });
    expect((await probed(cluster)).code).toBe(code);
    expect([...cluster.objects]).toEqual([]);
  });

  it('counts what is left out as no success', async () => {
    const { code, out } = await run(['probe', dist, '--live'], new FakeCluster().io());
    expect(code).toBe(2);
    expect(out).toContain('untested  what keeps strangers out of ai-agents/agent: no flow leads to it');
  });

  it('holds connections open where that is asked for, and says how many', async () => {
    const { code, out } = await probed(new FakeCluster(), '--load', '7');
    expect(out).toMatch(/load {6}zt-probe-load-\S+: at least 7 of 7 connections held open/);
    expect(code).toBe(0);
    const fewer = await probed(new FakeCluster({ held: 3 }), '--load', '7');
    expect(fewer.out).toContain('held 3 of 7 connections');
    expect(fewer.code).toBe(2);
  });

  it('writes JSON', async () => {
    const { out } = await probed(new FakeCluster(), '--format', 'json');
    const { verdict, legs } = JSON.parse(out);
    expect(verdict).toBe('held');
    expect(legs[0]).toMatchObject({ expected: expect.stringMatching(/allow|deny/), verdict: 'held' });
  });

  it.each([1, 2, 3, 4, 5])('removes everything where the cluster refuses call %d half way', async (call) => {
    let calls = 0;
    const cluster = new FakeCluster({ refuse: () => ++calls === call });
    const { code, err } = await probed(cluster);
    expect(code).toBe(3);
    expect(err).toContain('jobs.batch is forbidden');
    expect([...cluster.objects]).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5])('removes everything where it is interrupted at call %d', async (call) => {
    let calls = 0;
    const cluster = new FakeCluster({
      onCreate: (_, interrupt) => {
        if (++calls === call) interrupt();
      },
    });
    const { code, err } = await probed(cluster);
    expect(code).toBe(3);
    expect(err).toContain('the test was interrupted');
    expect([...cluster.objects]).toEqual([]);
  });

  it('removes nothing that is not its own', async () => {
    const cluster = new FakeCluster();
    const other: Item = {
      kind: 'Job',
      metadata: { name: 'other', namespace: 'ai-data', labels: { 'cdk8s-zero-trust/probe-run': 'of another' } },
    };
    cluster.objects.add(other);
    await probed(cluster);
    expect([...cluster.objects]).toEqual([other]);
  });

  it('says what is left where something cannot be removed', async () => {
    const { code, err } = await probed(new FakeCluster({ failDeletes: true }));
    expect(code).toBe(3);
    expect(err).toMatch(/Remove it by hand:\n {2}kubectl delete jobs\.batch -l cdk8s-zero-trust\/probe-run=\w+ -n /);
  });

  it.each<[string, string[], Faults, RegExp]>([
    ['no word on writing', ['probe', dist], {}, /--live/],
    ['an unknown tier', ['probe', dist, '--live', '--tier', 'ai-inference/vlm'], {}, /no tier 'ai-inference\/vlm'/],
    ['no image', ['probe', dist, '--live', '--image', ''], {}, /is no image/],
    ['no number', ['probe', dist, '--live', '--load', '0'], {}, /no number for --load/],
    ['no address', ['probe', dist, '--live', '--internet', 'example'], {}, /cannot be dialled/],
    [
      'a cluster without the pods',
      ['probe', dist, '--live', '--without', 'internet', '--without', 'metadata-service', '--without', 'api-server'],
      { pods: () => [] },
      /there is nothing to try/,
    ],
    [
      'pods on the host network',
      [
        'probe',
        dist,
        '--live',
        '--tier',
        'ai-inference/vllm',
        '--without',
        'internet',
        '--without',
        'metadata-service',
        '--without',
        'api-server',
      ],
      { pods: () => [{ metadata: { labels: { app: 'vllm' } }, spec: { hostNetwork: true } }] },
      /on the host network/,
    ],
    [
      'a Service that publishes what is not ready',
      ['probe', dist, '--live'],
      {
        services: [
          { metadata: { name: 'peers' }, spec: { publishNotReadyAddresses: true, selector: { app: 'vllm' } } },
        ],
      },
      /the Service peers publishes pods that are not ready/,
    ],
  ])('creates nothing for %s', async (_, args, faults, says) => {
    const cluster = new FakeCluster(faults);
    const { code, err } = await run(args, cluster.io());
    expect(code).toBe(3);
    expect(err).toMatch(says);
    expect(cluster.calls).toEqual([]);
  });
});
