import { ExitCode } from '../../lib/cli/exit-codes';
import { snapshotOf } from '../../lib/live/snapshot';
import type { Answer } from '../../lib/live/transport';
import { type Ended, run } from '../cli/run';
import { FakeCluster, type FakeOptions, type LiveObject } from './fake-cluster';
import { agentsAndModels, denyAll, namespace, podOf } from './objects';

function asked(argv: readonly string[], objects: readonly LiveObject[], options: FakeOptions = {}): Promise<Ended> {
  return run(argv, { cluster: new FakeCluster(objects, options).reached() });
}

const DEAD: Answer = { status: 0, body: 'The connection to the server 192.0.2.1:6443 was refused' };

function forbid(...paths: readonly string[]): FakeOptions['instead'] {
  return (path) =>
    paths.some((each) => path.split('?')[0].endsWith(each)) ? { status: 403, body: 'forbidden' } : undefined;
}

describe('commands on a live cluster', () => {
  it('list connections of workloads, and no Pod of a Deployment beside it', async () => {
    const { out, code } = await asked(['list', '--live', '--format', 'csv'], agentsAndModels());
    expect(code).toBe(ExitCode.YES);
    expect(out).toContain('models/Deployment/vllm');
    expect(out).not.toMatch(/ReplicaSet|Pod\/|#2/);
  });

  it.each([
    ['agents/agent', 'models/vllm', 'TCP/8080', ExitCode.YES],
    ['agents/agent', 'models/vllm', 'TCP/8081', ExitCode.NO],
    ['models/vllm', 'agents/agent', 'TCP/8080', ExitCode.NO],
  ])('answer whether %s reaches %s on %s', async (from, to, port, code) => {
    expect((await asked(['can', from, to, port, '--live'], agentsAndModels())).code).toBe(code);
  });

  it('say where a policy is by the cluster and its name', async () => {
    const { out } = await asked(['explain', 'agents/agent', 'models/vllm', 'TCP/8080', '--live'], agentsAndModels());
    expect(out).toContain('NetworkPolicy models/vllm');
    expect(out).toContain('live cluster test');
  });

  it.each([
    ['reach', ['reach', 'agents/agent', '--to', 'models/vllm', '--live'], ExitCode.NO],
    ['check', ['check', '--live', '--rule', 'dangling-peer'], ExitCode.YES],
    ['graph', ['graph', '--live'], ExitCode.YES],
    ['diff', ['diff', 'live:', 'live:'], ExitCode.YES],
    ['compare', ['compare', 'live:', 'live:staging'], ExitCode.YES],
  ])('are asked by %s', async (_, argv, code) => {
    const { code: ended, err } = await asked(argv, agentsAndModels());
    expect([ended, err]).toEqual([code, '']);
  });

  it('know the addresses of pods by the workload that they are of', async () => {
    const { addresses, objects } = await snapshotOf(new FakeCluster(agentsAndModels()).cluster());
    expect([...addresses]).toEqual([
      ['agents/Deployment/agent', ['10.244.0.5']],
      ['models/Deployment/vllm', ['10.244.1.7', '10.244.1.8']],
    ]);
    expect(objects.filter(({ kind }) => kind === 'Pod' || kind === 'ReplicaSet')).toEqual([]);
  });

  it('keep a Pod that is not as its template says, as one of that Deployment', async () => {
    const changed = podOf('models', 'vllm', '10.244.1.9', { labels: { app: 'vllm', debug: 'true' } });
    const { out } = await asked(['list', '--live', '--format', 'csv'], [...agentsAndModels(), changed]);
    expect(out).toContain('models/Deployment/vllm#2');
    expect(out).not.toContain('Pod/');
  });

  it('leave out Pods that ended', async () => {
    const ended = podOf('models', 'old', '10.244.1.10', { phase: 'Succeeded' });
    const { out } = await asked(['list', '--live', '--format', 'csv'], [...agentsAndModels(), ended]);
    expect(out).not.toContain('old');
  });

  it('drop managed fields', async () => {
    const { all } = await snapshotOf(new FakeCluster(agentsAndModels()).cluster());
    expect(JSON.stringify(all)).not.toContain('managedFields');
  });

  it('read one namespace with the rights in it alone', async () => {
    const fake = new FakeCluster(agentsAndModels());
    const { code, err } = await run(['list', '--live', '--only-namespace', 'models'], { cluster: fake.reached() });
    expect(code).toBe(ExitCode.YES);
    expect(err).toContain('other namespaces: only models was read');
    const lists = fake.asked.filter((path) => path.includes('limit='));
    expect(lists.every((path) => path.includes('/namespaces/models/'))).toBe(true);
    expect(fake.asked).toContain('/api/v1/namespaces/models');
  });

  it.each([
    [['list', '--live', 'dist'], '--live reads the cluster'],
    [['list', '--context', 'staging'], '--context is about a cluster, and none is read'],
    [['list', '--live', '--only-namespace', 'NOT/ONE'], 'NOT/ONE'],
  ])('refuse %j', async (argv, words) => {
    const { code, err } = await asked(argv, agentsAndModels());
    expect(code).toBe(ExitCode.UNREADABLE);
    expect(err).toContain(words);
  });
});

describe('which cluster is read', () => {
  it.each([
    [['list', '--live'], {}, {}],
    [['list', '--live', '--context', 'staging', '--kubectl', 'oc'], {}, { context: 'staging', kubectl: 'oc' }],
    [['list', '--live'], { KUBECTL: '/opt/kubectl' }, { kubectl: '/opt/kubectl' }],
    [['diff', 'live:staging', 'live:staging'], {}, { context: 'staging' }],
  ])('is said by %j', async (argv, env, expected) => {
    const targets: unknown[] = [];
    const cluster = async (target: unknown) => {
      targets.push(target);
      return new FakeCluster(agentsAndModels()).cluster();
    };
    await run(argv, { env, cluster });
    expect(targets[0]).toEqual(expected);
  });
});

describe('a list that is long', () => {
  it('is read page by page', async () => {
    const { out } = await asked(['list', '--live', '--format', 'csv'], agentsAndModels(), { page: 1 });
    expect(out).toBe((await asked(['list', '--live', '--format', 'csv'], agentsAndModels())).out);
  });

  it('is read again from its beginning where it expired', async () => {
    let expired = 0;
    const fake = new FakeCluster(agentsAndModels(), {
      page: 1,
      instead: (path) =>
        path.includes('/pods?') && path.includes('continue=1') && expired++ === 0
          ? { status: 410, body: 'The provided continue parameter is too old' }
          : undefined,
    });
    const { addresses } = await snapshotOf(fake.cluster());
    expect([...addresses.values()].flat()).toEqual(['10.244.0.5', '10.244.1.7', '10.244.1.8']);
    expect(fake.asked.filter((path) => path.endsWith('/pods?limit=500'))).toHaveLength(2);
  });

  it('is given up where it goes on expiring', async () => {
    const { code, err, out } = await asked(['list', '--live'], agentsAndModels(), {
      instead: (path) => (path.includes('/pods?') ? { status: 410, body: 'Expired' } : undefined),
    });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
    expect(err).toContain('expired 4 times before its last page was read');
  });

  it('is no answer where the API server dies between its pages: nothing counts as absent', async () => {
    const { code, err, out } = await asked(['list', '--live'], agentsAndModels(), {
      page: 1,
      instead: (path) => (path.includes('networkpolicies') && path.includes('continue=') ? DEAD : undefined),
    });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
    expect(err).toContain('ended after 1 of its pages');
    expect(err).toContain('nothing is reported as absent');
  });
});

describe('an API server that does not answer', () => {
  it.each([
    ['at all', () => DEAD, 'did not answer for /apis'],
    ['for the resources of a group', (path: string) => (path === '/apis/apps/v1' ? DEAD : undefined), '/apis/apps/v1'],
    ['for a list', (path: string) => (path.includes('/services?') ? DEAD : undefined), '/api/v1/services'],
    [
      'with JSON',
      (path: string) => (path.includes('/services?') ? { status: 200, body: '<html>' } : undefined),
      'is not JSON of Kubernetes',
    ],
  ])('%s is an error', async (_, instead, words) => {
    const { code, err, out } = await asked(['list', '--live'], agentsAndModels(), { instead });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
    expect(err).toContain(words);
  });
});

describe('rights that are missing', () => {
  it.each(['networkpolicies', 'namespaces', 'pods', 'services'])('on %s leave no answer', async (resource) => {
    const { code, err, out } = await asked(['list', '--live'], agentsAndModels(), { instead: forbid(`/${resource}`) });
    expect([code, out]).toEqual([ExitCode.UNREADABLE, '']);
    expect(err).toContain(`may not list ${resource} of`);
    expect(err).toMatch(new RegExp(`resources: \\[${resource}\\], verbs: \\[list\\]`));
  });

  it('leave no answer of check, which reports what it reads', async () => {
    const { code, out } = await asked(['check', '--live'], agentsAndModels(), { instead: forbid('/networkpolicies') });
    expect(code).toBe(ExitCode.UNREADABLE);
    expect(out).toContain('live-forbidden');
  });

  it('on what only says whose a Pod is leave answers, and are said', async () => {
    const { code, err, out } = await asked(['list', '--live', '--format', 'csv'], agentsAndModels(), {
      instead: forbid('/replicasets'),
    });
    expect(code).toBe(ExitCode.YES);
    expect(err).toContain('may not list replicasets of apps');
    expect(out).toContain('models/ReplicaSet/vllm-7d4f9c');
  });

  it('on policies of an engine that is installed leave no answer either', async () => {
    const { code, err } = await asked(['list', '--live'], agentsAndModels(), {
      installed: ['cilium.io/v2 ciliumnetworkpolicies CiliumNetworkPolicy N'],
      instead: forbid('/ciliumnetworkpolicies'),
    });
    expect(code).toBe(ExitCode.UNREADABLE);
    expect(err).toContain('may not list ciliumnetworkpolicies of cilium.io');
  });
});

describe('kinds that the API server has', () => {
  it('are asked for only where they are', async () => {
    const fake = new FakeCluster(agentsAndModels());
    await snapshotOf(fake.cluster());
    expect(fake.asked.filter((path) => path.includes('cilium') || path.includes('calico'))).toEqual([]);
  });

  it('are read in a version that is served, the best of those that are read', async () => {
    const fake = new FakeCluster([], {
      installed: [
        'policy.networking.k8s.io/v1alpha1 adminnetworkpolicies AdminNetworkPolicy C',
        'policy.networking.k8s.io/v1alpha2 clusternetworkpolicies ClusterNetworkPolicy C',
      ],
    });
    await snapshotOf(fake.cluster());
    expect(fake.asked.filter((path) => path.includes('limit=') && path.includes('policy.networking'))).toEqual([
      '/apis/policy.networking.k8s.io/v1alpha2/clusternetworkpolicies?limit=500',
      '/apis/policy.networking.k8s.io/v1alpha1/adminnetworkpolicies?limit=500',
    ]);
  });

  it('that may decide and are not read are named', async () => {
    const { assumptions } = await snapshotOf(
      new FakeCluster([], {
        installed: [
          'cilium.io/v2 ciliumenvoyconfigs CiliumEnvoyConfig N',
          'cilium.io/v2 ciliumnetworkpolicies CiliumNetworkPolicy N',
        ],
      }).cluster(),
    );
    expect(assumptions).toEqual([
      'kinds that are not read: the API server of test has CiliumEnvoyConfig of cilium.io, which may decide on connections',
    ]);
  });

  it('of Calico are read once: not as they are stored, and not what it shows of other kinds', async () => {
    const policy = (apiVersion: string, name: string) => ({
      apiVersion,
      kind: 'NetworkPolicy',
      metadata: { name, namespace: 'models' },
      spec: { selector: 'all()' },
    });
    const { all, assumptions } = await snapshotOf(
      new FakeCluster(
        [
          policy('projectcalico.org/v3', 'own'),
          policy('projectcalico.org/v3', 'knp.default.vllm'),
          policy('crd.projectcalico.org/v1', 'own'),
        ],
        {
          installed: [
            'projectcalico.org/v3 networkpolicies NetworkPolicy N',
            'crd.projectcalico.org/v1 networkpolicies NetworkPolicy N',
          ],
        },
      ).cluster(),
    );
    expect(assumptions).toEqual([
      'tiers of Calico: its API server may leave out policies of tiers that this user may not see',
    ]);
    expect(all.map(({ apiVersion, metadata }) => [apiVersion, (metadata as { name: string }).name])).toEqual([
      ['projectcalico.org/v3', 'own'],
    ]);
  });
});

describe('a proof of a live cluster', () => {
  it('is by the annotations of its policies where no graph is given', async () => {
    const { code, out } = await asked(['prove', '--live'], [namespace('models'), denyAll('models')]);
    expect(code).not.toBe(ExitCode.UNREADABLE);
    expect(out).toContain('No policy here says what it is to allow');
  });
});
