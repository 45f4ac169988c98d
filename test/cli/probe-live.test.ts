import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ZeroTrust } from '../../lib';
import type { Answer } from '../../lib/live/transport';
import { FakeCluster } from '../probes/fake-cluster';
import { CLUSTERS, platform } from '../probes/scenario';
import { run } from './run';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-live-'));
  for (const [engine, cluster] of Object.entries(CLUSTERS)) {
    ZeroTrust.render(platform({}, cluster()).app, { folder: join(folder, engine) });
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Fields = Readonly<Record<string, unknown>>;

/** What a namespace has: objects of a list, or what the API server says in place of one. */
interface Having {
  readonly pods?: (namespace: string) => readonly Fields[] | Answer;
  readonly services?: (namespace: string) => readonly Fields[] | Answer;
}

const PODS: Readonly<Record<string, readonly (readonly [app: string, address: string, port: number])[]>> = {
  'ai-gateway': [['envoy', '10.244.1.1', 8080]],
  'ai-inference': [['vllm', '10.244.1.2', 8000]],
  'ai-agents': [['agent', '10.244.1.3', 1234]],
  'ai-data': [
    ['minio', '10.244.1.4', 9000],
    ['weaviate', '10.244.1.5', 8080],
  ],
};

function pod(app: string, podIP: string, containerPort: number): Record<string, Fields> {
  return {
    metadata: { name: `${app}-0`, labels: { app } },
    spec: { containers: [{ ports: [{ containerPort }] }] },
    status: { podIP, conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

const podsOf = (namespace: string) => (PODS[namespace] ?? []).map((each) => pod(...each));

/** The pods of the platform but for one, which is otherwise. */
const withPod = (app: string, change: (made: Record<string, Fields>) => Fields | undefined) => (namespace: string) =>
  podsOf(namespace).flatMap((each): Fields | readonly Fields[] =>
    each.metadata.name === `${app}-0` ? (change(each) ?? []) : each,
  );

/** Runs the command beside a cluster that has these pods and Services. */
async function probe(cluster: FakeCluster, argv: readonly string[], having: Having = {}) {
  const asked: string[] = [];
  const get = async (path: string): Promise<Answer> => {
    asked.push(path);
    const [, namespace, resource] = /\/namespaces\/([^/]+)\/(pods|services)\?/.exec(path) ?? [];
    const found = resource === 'pods' ? (having.pods ?? podsOf)(namespace) : (having.services?.(namespace) ?? []);
    if ('status' in found) return found as Answer;
    return { status: 200, body: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: found }) };
  };
  const ended = await run(['probe', '--live', ...argv], {
    cluster: async () => ({ name: 'staging', get }),
    more: { kubectl: cluster.kubectl, pause: () => Promise.resolve() },
  });
  return { ...ended, asked };
}

const dist = (engine = 'kubernetes') => join(folder, engine);
const UNTESTED = ['--untested', 'agents are reached by nobody'];

describe('probe --live', () => {
  it('lays a test out by the graph, dials pods of the cluster, and deletes all that it made', async () => {
    const cluster = new FakeCluster();
    const { code, out, err } = await probe(cluster, [dist(), ...UNTESTED]);
    expect(err).toMatch(/^The test zt-probe creates, and deletes when it is over:\n {2}Namespace zt-probe-elsewhere\n/);
    expect(out).toMatch(
      /^held {6}allow ai-gateway\/envoy -> ai-inference\/vllm TCP 10\.244\.1\.2:8000: it got through every time$/m,
    );
    expect(out).toMatch(
      /^held {6}deny {2}a stranger in ai-data -> ai-data\/minio TCP 10\.244\.1\.4:9000: it was stopped every time \(3 timed out\)$/m,
    );
    expect(out).toMatch(/\n0 broken, 0 untested, \d+ held\n$/);
    expect(code).toBe(0);
    expect([...cluster.deleted].sort()).toEqual([...cluster.created].sort());
  });

  it('counts what the graph leaves untested as no success, unless somebody says why that may be', async () => {
    const { code, out, err } = await probe(new FakeCluster(), [dist()]);
    expect(code).toBe(2);
    expect(err).toContain('and leaves untested:\n');
    expect(out).toContain('untested  what keeps strangers out of ai-agents/agent: no flow leads to it');
  });

  it('says what a reason leaves untested, before and after', async () => {
    const { code, out, err } = await probe(new FakeCluster(), [dist(), ...UNTESTED]);
    expect(code).toBe(0);
    expect(err).toContain('and leaves untested ("agents are reached by nobody"):\n  what keeps strangers out of');
    expect(out).toContain('left out  what keeps strangers out of ai-agents/agent: ');
  });

  it('takes a graph that lies anywhere, and has nothing of the manifests', async () => {
    const { code } = await probe(new FakeCluster(), ['--graph', join(dist(), 'graph.json'), ...UNTESTED]);
    expect(code).toBe(0);
  });

  it.each(Object.keys(CLUSTERS))('lets strangers out by policies of the kinds of %s', async (engine) => {
    const cluster = new FakeCluster();
    const { code } = await probe(cluster, [dist(engine), ...UNTESTED]);
    expect(code).toBe(0);
    const policies = cluster.objects.filter(({ kind }) => kind.endsWith('NetworkPolicy'));
    expect(policies.map(({ metadata }) => metadata.namespace ?? '').sort()).toEqual([
      'ai-agents',
      'ai-data',
      'ai-gateway',
      'ai-inference',
    ]);
    expect(policies.map(({ metadata }) => metadata.labels)).toEqual(
      policies.map(() => ({ 'cdk8s-zero-trust/isolation-test': 'zt-probe' })),
    );
  });

  it('ends with 1 where somebody gets through whom nothing declares', async () => {
    const isOpen = (leg: string, expected: string) => expected === 'allow' || leg.startsWith('impostor-ai-agents');
    const cluster = new FakeCluster((leg, expected) => (isOpen(leg, expected) ? 'OPEN' : 'TIMEOUT'));
    const { code, out } = await probe(cluster, [dist(), ...UNTESTED]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^broken {4}deny {2}one with the labels of ai-agents\/agent in a namespace without policies -> .*: nothing declares it/m,
    );
  });

  it('tries the tiers that are named, and reads the namespaces of these and of their clients alone', async () => {
    const cluster = new FakeCluster();
    const { code, out, asked } = await probe(cluster, [dist(), '--tier', 'ai-data/minio', '--without', 'api-server']);
    expect(code).toBe(0);
    expect([...new Set(out.split('\n').flatMap((line) => / -> (\S+)/.exec(line)?.[1] ?? []))].sort()).toEqual([
      'ai-data/minio',
      'internet',
      'metadata',
      'name',
    ]);
    expect(asked.sort()).toEqual([
      '/api/v1/namespaces/ai-data/pods?limit=500',
      '/api/v1/namespaces/ai-data/services?limit=500',
      '/api/v1/namespaces/ai-inference/pods?limit=500',
      '/api/v1/namespaces/ai-inference/services?limit=500',
      '/api/v1/namespaces/zt-probe-elsewhere/pods?limit=500',
      '/api/v1/namespaces/zt-probe-elsewhere/services?limit=500',
    ]);
  });

  it('tries the tiers of one namespace', async () => {
    const { out } = await probe(new FakeCluster(), [dist(), '--only-namespace', 'ai-data', '--without', 'internet']);
    expect(out).toContain('-> ai-data/weaviate ');
    expect(out).not.toMatch(/-> (ai-inference|ai-gateway|internet)/);
  });

  it('holds connections open where it is asked to', async () => {
    const { code, out } = await probe(new FakeCluster(), [dist(), '--load', '7', ...UNTESTED]);
    expect(code).toBe(0);
    expect(out).toContain(
      'load      ai-inference/vllm -> ai-data/minio TCP 10.244.1.4:9000: 7 connections were held open',
    );
  });

  it('reads the cluster for a dry run, and creates nothing', async () => {
    const cluster = new FakeCluster();
    const { code, err } = await probe(cluster, [dist(), '--dry-run', '--image', 'registry.example/agnhost:1']);
    expect([code, cluster.created]).toEqual([0, []]);
    expect(err).toContain('  allow  ai-gateway/envoy -> ai-inference/vllm TCP 10.244.1.2:8000');
  });

  it('gives Jobs what the command line says of them', async () => {
    const cluster = new FakeCluster();
    const options = [
      '--registry',
      'registry.example/mirror',
      '--pull-secret',
      'mirror',
      '--settle',
      '3',
      '--name',
      'try',
    ];
    await probe(cluster, [dist(), ...options, '--internet', '192.0.2.9:443']);
    const { metadata, spec } = cluster.objects.filter(({ kind }) => kind === 'Job')[0];
    expect(metadata.name).toMatch(/^try-before-/);
    const { containers, imagePullSecrets } = spec.template.spec;
    expect(imagePullSecrets).toEqual([{ name: 'mirror' }]);
    expect(containers[0].image).toBe('registry.example/mirror/e2e-test-images/agnhost:2.66.1');
    expect(containers[0].env).toContainEqual({ name: 'PROBE_SETTLE', value: '3' });
    expect(JSON.stringify(cluster.objects)).toContain(',tcp,192.0.2.9:443');
  });

  describe('where a tier is', () => {
    const minio = (change: Parameters<typeof withPod>[1]): Having => ({ pods: withPod('minio', change) });
    const ports = (...of: Fields[]) => ({ spec: { containers: [{ ports: of }] } });

    it.each<[string, Having, string]>([
      ['no pod', minio(() => undefined), 'the cluster has no pod of ai-data/minio'],
      [
        'pods on the host network',
        minio((made) => ({ ...made, spec: { ...made.spec, hostNetwork: true } })),
        'pods of ai-data/minio are on the host network, where no policy binds them',
      ],
      [
        'a pod that is not ready',
        minio((made) => ({
          ...made,
          status: { podIP: '10.244.1.4', conditions: [{ type: 'Ready', status: 'False' }] },
        })),
        'no pod of ai-data/minio is ready',
      ],
      [
        'a pod that is being deleted',
        minio((made) => ({ ...made, metadata: { ...made.metadata, deletionTimestamp: '2026-11-28T00:00:00Z' } })),
        'no pod of ai-data/minio is ready',
      ],
      [
        'a prober of another run alone',
        minio((made) => ({ ...made, metadata: { labels: { app: 'minio', 'cdk8s-zero-trust/prober': 'member' } } })),
        'the cluster has no pod of ai-data/minio',
      ],
    ])('is not known with %s', async (_, having, why) => {
      const { code, out } = await probe(new FakeCluster(), [dist(), '--tier', 'ai-data/minio'], having);
      expect(code).toBe(2);
      expect(out).toContain(`untested  what keeps strangers out of ai-data/minio: ${why}\n`);
    });

    it.each<[string, Having, string]>([
      ['the only port of the flow', minio((made) => ({ ...made, spec: { containers: [{}] } })), '10.244.1.4:9000'],
      [
        'the port of the flow beside others, of other protocols as well',
        minio((made) => ({
          ...made,
          ...ports({ containerPort: 9000, protocol: 'UDP' }, { containerPort: 80 }, { containerPort: 9000 }),
        })),
        '10.244.1.4:9000',
      ],
      [
        'an address of IPv6',
        minio((made) => ({ ...made, status: { ...made.status, podIP: 'fd00::4' } })),
        '[fd00::4]:9000',
      ],
    ])('is %s', async (_, having, address) => {
      const { out } = await probe(new FakeCluster(), [dist(), '--tier', 'ai-data/minio'], having);
      expect(out).toContain(`ai-data/minio TCP ${address}: it got through`);
    });
  });

  const FORBIDDEN: Answer = { status: 403, body: 'Error from server (Forbidden)' };

  it.each<[string, readonly string[], Having, RegExp]>([
    ['a folder without a graph', ['lib'], {}, /there is no policy graph to read/],
    ['two graphs', ['dist', '--graph', 'graph.json'], {}, /A test is of one graph/],
    [
      'an unknown tier',
      ['DIST', '--tier', 'ai-data/mino'],
      {},
      /no tier 'ai-data\/mino'; did you mean 'ai-data\/minio'/,
    ],
    ['an unknown namespace', ['DIST', '--only-namespace', 'ai-dta'], {}, /no namespace with tiers 'ai-dta'/],
    ['a namespace that is none', ['DIST', '--only-namespace', 'AI_data'], {}, /AI_data/],
    ['an unknown destination', ['DIST', '--without', 'intranet'], {}, /'intranet'/],
    ['a name that is none', ['DIST', '--name', 'Zt_Probe'], {}, /"Zt_Probe" cannot be the name of a test/],
    ['a long name', ['DIST', '--name', 'a-name-that-is-far-too-long'], {}, /would be longer than Kubernetes takes/],
    ['an image that is none', ['DIST', '--image', ' '], {}, /is not the reference of an image/],
    ['both image and registry', ['DIST', '--image', 'a', '--registry', 'b'], {}, /both an image and a registry/],
    ['an address that is none', ['DIST', '--internet', 'example'], {}, /--internet is .*, which cannot be dialled/],
    ['seconds that are none', ['DIST', '--settle', 'soon'], {}, /--settle is .*soon/],
    ['a reason that says nothing', ['DIST', '--untested', 'todo'], {}, /todo/],
    ['another engine', ['DIST', '--engine', 'cilium'], {}, /The graph says which cluster it is for/],
    ['a test that was rendered', ['DIST', '--test', 'isolation'], {}, /--test names a test that was rendered/],
    [
      'a cluster without pods, where nothing outside is tried',
      [
        'DIST',
        ...['internet', 'metadata-service', 'api-server', 'name-servers'].flatMap((each) => ['--without', each]),
      ],
      { pods: () => [] },
      /there is nothing to try, so that nothing would be shown/,
    ],
    ['pods that it may not list', ['DIST'], { pods: () => FORBIDDEN }, /This user may not list pods of the core group/],
    [
      'Services that it may not list',
      ['DIST'],
      { services: () => FORBIDDEN },
      /This user may not list services of the core group/,
    ],
    ['an API server that is gone', ['DIST'], { pods: () => ({ status: 0, body: 'refused' }) }, /did not answer/],
    [
      'a Service that publishes pods that are not ready',
      ['DIST'],
      {
        services: () => [
          { metadata: { name: 'peers' }, spec: { publishNotReadyAddresses: true, selector: { app: 'minio' } } },
        ],
      },
      /the Service peers publishes pods that are not ready, so that it would send clients to the prober member-ai-data-minio/,
    ],
    [
      'a workload whose pods begin as the Jobs do',
      ['DIST'],
      { pods: (namespace): Fields[] => [...podsOf(namespace), pod('zt-probe', '10.244.1.9', 80)] },
      /the name of the pod \S+\/zt-probe-0 begins as those of the test do/,
    ],
  ])('creates nothing for %s', async (_, argv, having, says) => {
    const cluster = new FakeCluster();
    const given = argv.map((each) => (each === 'DIST' ? dist() : each));
    const { code, err } = await probe(cluster, given, having);
    expect(err).toMatch(says);
    expect([code, cluster.created]).toEqual([3, []]);
  });
});
