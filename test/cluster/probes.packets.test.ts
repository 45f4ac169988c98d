import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type IsolationTestProps, OutsideDestination, ZeroTrust } from '../../lib';
import { type Ended, run } from '../cli/run';
import type { KubernetesObject } from '../judges/world';
import { type LabelSelector, matches } from '../naive/labels';
import { ADDRESSES, platform } from '../probes/scenario';
import { abilities, describeUnless } from './support/abilities';
import { declares, type Graph, type Party } from './support/graph';
import { foldersIn, manifestsIn } from './support/manifests';
import { addressOf, type JobRun, ProbeCluster, type Standing } from './support/probe-cluster';
import { standingOf } from './support/probe-world';

const { programs, noPackets } = abilities();

/** What asks name servers in the image of the Jobs; without it the rest is tried all the same. */
const noQueries = spawnSync('dig', ['-v']).error === undefined ? undefined : 'dig is not installed';
if (noQueries !== undefined) process.stdout.write(`SKIPPED: queries to name servers: ${noQueries}\n`);

const rendered = resolve(__dirname, '../../dist');

describeUnless(noPackets, 'probes that run between network namespaces, with policies that an engine enforces', () => {
  it.skip.each(foldersIn(rendered).filter((app) => !isEnforced(app)))(
    'the app %s (skipped: its policies are of an engine that the lab does not run)',
    () => undefined,
  );

  describe.each(foldersIn(rendered).filter(isEnforced))('the app %s', (app) => {
    const folder = join(rendered, app);
    const standing = standingOf(folder);
    let cluster: ProbeCluster;
    beforeAll(async () => {
      cluster = await ProbeCluster.start(programs ?? '', standing);
    });
    afterAll(() => cluster?.stop());

    it('is as its graph declares, and every Job ends as what it tried', async () => {
      const { code, legs, err } = await probed(cluster, folder, asLive());
      expect(legs.filter(({ word }) => word !== 'held')).toEqual([]);
      expect(legs.filter(({ expected }) => expected === 'allow').length).toBeGreaterThan(0);
      expect(legs.filter(({ expected }) => expected === 'deny').length).toBeGreaterThan(3);
      expect([code, err.includes('deleted Namespace probe-')]).toEqual([0, true]);
      expect(cluster.jobs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
      process.stdout.write(`${app}: ${cluster.jobs.length} Jobs, ${legs.length} legs\n`);
    });

    it('has open exactly what the policies of one tier kept shut, once these are gone', async () => {
      const [tier, policies] = tierToOpen(standing);
      for (const policy of policies) await cluster.removePolicy(policy);
      try {
        const { code, legs } = await probed(cluster, folder, asLive());
        const isOfTier = ({ who, to, expected }: Leg) =>
          expected === 'deny' && (who === tier || to.startsWith(`${tier} `));
        expect(legs.filter(({ word }) => word === 'broken')).toEqual(legs.filter(isOfTier));
        expect(legs.filter(({ word }) => word === 'untested')).toEqual([]);
        expect(legs.filter(isOfTier).length).toBeGreaterThan(1);
        expect(legs.find(isOfTier)?.why).toBe('nothing declares it, and it got through (3 got through)');
        expect(code).toBe(1);
      } finally {
        for (const policy of policies) await cluster.addPolicy(policy);
      }
    });

    it('is tried for what an independent reading of the graph says', () => {
      const graph: Graph = JSON.parse(readFileSync(join(folder, 'graph.json'), 'utf8'));
      const wrong = triesOf(cluster.jobs, standing).filter(({ from, to, protocol, port, expected }) => {
        return (expected === 'allow') !== declares(graph, from, to, protocol, port);
      });
      expect(wrong).toEqual([]);
    });
  });
});

describeUnless(noPackets, 'a test that was rendered, and tries by names', () => {
  let folder: string;
  let cluster: ProbeCluster;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'probes-'));
    render('platform', {});
    cluster = await ProbeCluster.start(programs ?? '', standingOf(join(folder, 'platform')));
  });
  afterAll(async () => {
    await cluster?.stop();
    rmSync(folder, { recursive: true });
  });

  /** Each run has a test of its own name, since nothing ends the deletion of its namespace. */
  function render(name: string, props: IsolationTestProps): string {
    const outside = Object.values(OutsideDestination).filter(
      (each) => noQueries === undefined || each !== 'name-servers',
    );
    ZeroTrust.render(platform({ settleSeconds: 0, outside, ...props }).app, { folder: join(folder, name) });
    return join(folder, name);
  }

  const tried = async (name: string, props: IsolationTestProps = {}) =>
    probed(cluster, render(name, { name, ...props }), []);

  const live = (...argv: readonly string[]) => probed(cluster, join(folder, 'platform'), [...asLive(), ...argv]);

  const policiesOf = (tier: string) =>
    standingOf(join(folder, 'platform')).policies.filter(
      ({ metadata }) => `${metadata.namespace}/${metadata.name}` === tier,
    );

  /** What is otherwise with this policy in the cluster. */
  async function withPolicy(policy: KubernetesObject, run: () => Promise<Probed>): Promise<Probed> {
    await cluster.addPolicy(policy);
    try {
      return await run();
    } finally {
      await cluster.removePolicy(policy);
    }
  }

  it.each([
    ['reset', 'refused'],
    ['unreachable', 'unreachable'],
  ] as const)('holds where refusals are %s, and calls them %s', async (way, word) => {
    cluster.refuseBy(way);
    const { code, legs } = await tried(`by-${way}`);
    const denied = legs.filter(({ expected, to }) => expected === 'deny' && to.includes(' TCP '));
    expect(legs.filter((leg) => leg.word !== 'held')).toEqual([]);
    expect(new Set(denied.map(({ why }) => why))).toEqual(new Set([`it was stopped every time (3 ${word})`]));
    expect(denied.length).toBeGreaterThan(20);
    expect(cluster.jobs.filter(({ exitCode }) => exitCode !== 0)).toEqual([]);
    expect(cluster.jobs.some(({ log }) => log.startsWith('resolved\n'))).toBe(true);
    expect(code).toBe(0);
  });

  it('holds where packets are dropped, and calls it a time-out', async () => {
    cluster.refuseBy('dropped');
    try {
      const { code, legs } = await live('--tier', 'ai-data/minio', '--without', 'internet', '--without', 'api-server');
      const denied = legs.filter(({ expected, to }) => expected === 'deny' && to.includes(' TCP '));
      expect(legs.filter(({ word }) => word !== 'held')).toEqual([]);
      expect(new Set(denied.map(({ why }) => why))).toEqual(new Set(['it was stopped every time (3 timed out)']));
      expect(code).toBe(0);
    } finally {
      cluster.refuseBy('reset');
    }
  });

  const client = { podSelector: { matchLabels: { app: 'vllm' } } };
  const modelsOnly = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ai-inference' } } };

  it.each<[string, KubernetesObject, readonly string[]]>([
    [
      'trusts every pod of the namespace of a client',
      ingress('minio', [{ ...modelsOnly, podSelector: {} }]),
      ['a stranger in ai-inference -> ai-data/minio'],
    ],
    [
      'trusts the labels of a client in every namespace',
      ingress('minio', [{ ...client, namespaceSelector: {} }]),
      ['one with the labels of ai-inference/vllm in a namespace without policies -> ai-data/minio'],
    ],
    ['trusts its own namespace', ingress('minio', [{ podSelector: {} }]), ['a stranger in ai-data -> ai-data/minio']],
    [
      'trusts whoever comes',
      ingress('minio', []),
      [
        'a stranger in ai-data -> ai-data/minio',
        'a stranger in ai-inference -> ai-data/minio',
        'a stranger in a namespace without policies -> ai-data/minio',
        'one with the labels of ai-inference/vllm in a namespace without policies -> ai-data/minio',
      ],
    ],
    [
      'lets data out to the internet',
      {
        ...networkPolicy('weaviate-out'),
        spec: {
          podSelector: { matchLabels: { app: 'weaviate' } },
          policyTypes: ['Egress'],
          egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['169.254.0.0/16', '172.16.0.0/12'] } }] }],
        },
      },
      ['ai-data/weaviate -> internet', ...(noQueries === undefined ? ['ai-data/weaviate -> name servers'] : [])],
    ],
  ])('finds a policy that %s, by exactly the legs that it opens', async (_, policy, opened) => {
    const { code, legs } = await withPolicy(policy, () => live());
    expect(
      legs.filter(({ word }) => word !== 'held').map(({ who, to }) => `${who} -> ${to.split(/ (?:TCP|UDP) /)[0]}`),
    ).toEqual(opened);
    for (const leg of legs.filter(({ word }) => word !== 'held')) {
      expect(leg).toMatchObject({ word: 'broken', why: 'nothing declares it, and it got through (3 got through)' });
    }
    expect(code).toBe(1);
  });

  it('finds a client that is kept out, calls denials beside it untested, and holds no load there', async () => {
    const [policy] = policiesOf('ai-data/minio');
    await cluster.removePolicy(policy);
    try {
      const { code, legs, load } = await live('--tier', 'ai-data/minio', '--load', '5');
      const ofMinio = legs.filter(({ to }) => to.startsWith('ai-data/minio '));
      expect(ofMinio.filter(({ expected }) => expected === 'allow')).toEqual([
        expect.objectContaining({ word: 'broken', why: 'it is declared, and was stopped (6 refused)' }),
      ]);
      const denied = ofMinio.filter(({ expected }) => expected === 'deny');
      expect(new Set(denied.map(({ word, why }) => `${word}: ${why}`))).toEqual(
        new Set([
          'untested: it was stopped, and so was who may reach ai-data/minio: it is declared, and was stopped (6 refused)',
        ]),
      );
      expect(load.map(({ asked, fewest }) => [asked, fewest])).toEqual([[5, 0]]);
      expect(code).toBe(1);
    } finally {
      await cluster.addPolicy(policy);
    }
  });

  it('tells a name that does not resolve from a denial', async () => {
    const { code, legs } = await tried('no-name', {
      addresses: { ...ADDRESSES, 'ai-data/minio': 'nobody.ai-data.svc:9000' },
    });
    const ofMinio = legs.filter(({ to }) => to.startsWith('ai-data-minio '));
    expect(ofMinio.length).toBeGreaterThan(3);
    expect(new Set(ofMinio.map(({ word, why }) => `${word}: ${why}`))).toEqual(
      new Set(['untested: a name did not resolve, which says nothing of the connection']),
    );
    expect(legs.filter((leg) => leg.word !== 'held')).toEqual(ofMinio);
    expect(code).toBe(2);
  });

  describeUnless(noQueries, 'queries to name servers, over UDP', () => {
    const only = ['internet', 'metadata-service', 'api-server'].flatMap((each) => ['--without', each]);
    const queries = (legs: readonly Leg[]) => legs.filter(({ to }) => to.startsWith('name servers UDP '));
    const toNameServers = { to: [{ namespaceSelector: {} }], ports: [{ protocol: 'UDP', port: 53 }] };
    const egress = (app: string, namespace: string, rules: readonly object[]): KubernetesObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${app}-out`, namespace },
      spec: { podSelector: { matchLabels: { app } }, policyTypes: ['Egress'], egress: rules },
    });

    it('are answered where names are resolved, and nowhere else', async () => {
      const { code, legs } = await live(...only);
      expect(queries(legs).map(({ word, expected, who, why }) => `${word} ${expected} ${who}: ${why}`)).toEqual([
        'held allow ai-agents/agent: it got through every time',
        'held allow a pod in a namespace without policies: it got through every time',
        'held deny ai-data/minio: it was stopped every time (3 refused)',
        'held deny ai-data/weaviate: it was stopped every time (3 refused)',
        'held allow ai-gateway/envoy: it got through every time',
        'held allow ai-inference/vllm: it got through every time',
      ]);
      expect(code).toBe(0);
    });

    it('find a tier that could carry data out by names', async () => {
      const { code, legs } = await withPolicy(egress('weaviate', 'ai-data', [toNameServers]), () => live(...only));
      expect(legs.filter(({ word }) => word !== 'held')).toEqual([
        expect.objectContaining({
          who: 'ai-data/weaviate',
          to: 'name servers UDP name-server',
          why: 'nothing declares it, and it got through (3 got through)',
        }),
      ]);
      expect(code).toBe(1);
    });

    it('find a tier that gets no answer although it resolves names', async () => {
      const [policy] = policiesOf('ai-agents/agent');
      await cluster.removePolicy(policy);
      const tcp = [{ protocol: 'TCP', port: 1, endPort: 65535 }];
      try {
        const { code, legs } = await withPolicy(egress('agent', 'ai-agents', [{ ports: tcp }]), () =>
          live(...only, '--tier', 'ai-agents/agent', '--tier', 'ai-data/minio'),
        );
        expect(legs.filter(({ word }) => word !== 'held')).toEqual([
          expect.objectContaining({ who: 'ai-agents/agent', why: 'it is declared, and was stopped (6 refused)' }),
        ]);
        expect(queries(legs)).toHaveLength(3);
        expect(code).toBe(1);
      } finally {
        await cluster.addPolicy(policy);
      }
    });
  });

  describe('under load', () => {
    const CONNECTIONS = 100;

    it('keeps denied what is denied and lets pass what is allowed, beside connections that stay open', async () => {
      const { code, legs, load } = await live('--load', `${CONNECTIONS}`);
      expect(load.map(({ who, to }) => `${who} -> ${to.split(' TCP ')[0]}`)).toEqual([
        'ai-inference/vllm -> ai-data/minio',
        'ai-agents/agent -> ai-data/weaviate',
        'ai-agents/agent -> ai-gateway/envoy',
        'ai-gateway/envoy -> ai-inference/vllm',
      ]);
      expect(load.map(({ fewest }) => fewest)).toEqual(load.map(() => CONNECTIONS));
      expect(legs.filter(({ word }) => word !== 'held')).toEqual([]);
      expect(code).toBe(0);
      process.stdout.write(`${legs.length} legs beside ${load.length} times ${CONNECTIONS} connections\n`);
    });

    it('finds there what is open', async () => {
      const { code, legs } = await withPolicy(ingress('minio', [{ podSelector: {} }]), () =>
        live('--load', `${CONNECTIONS}`, '--tier', 'ai-data/minio'),
      );
      expect(legs.filter(({ word }) => word === 'broken').map(({ who }) => who)).toEqual(['a stranger in ai-data']);
      expect(code).toBe(1);
    });
  });
});

function networkPolicy(name: string): KubernetesObject {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'ai-data' } };
}

/** A policy of a tier of ai-data that lets these peers in. */
function ingress(app: string, from: readonly object[]): KubernetesObject {
  const spec = { podSelector: { matchLabels: { app } }, policyTypes: ['Ingress'], ingress: [{ from }] };
  return { ...networkPolicy(`${app}-wider`), spec };
}

function isEnforced(app: string): boolean {
  const policies = manifestsIn(join(rendered, app)).filter(({ object }) => object.kind.endsWith('Policy'));
  return policies.every(({ object }) => /^(networking|policy\.networking)\.k8s\.io\//.test(object.apiVersion));
}

/** A tier that a flow leads to, and all policies that bind its pod. */
function tierToOpen({ pods, policies }: Standing): [string, readonly KubernetesObject[]] {
  const tiers = pods.map((pod) => {
    const binding = policies.filter(({ metadata, spec }) => {
      const { podSelector } = spec as { podSelector: LabelSelector };
      return metadata.namespace === pod.metadata.namespace && matches(podSelector, pod.metadata.labels ?? {});
    });
    return { tier: `${pod.metadata.namespace}/${pod.metadata.name.replace(/-0$/, '')}`, pod, binding };
  });
  const reached = tiers.find(({ pod, binding }) => binding.length > 1 && portsOf(pod).length > 0);
  if (reached === undefined) throw new Error('no tier with policies is reached');
  return [reached.tier, reached.binding];
}

interface Leg {
  readonly word: string;
  readonly expected: string;
  readonly who: string;
  readonly to: string;
  readonly why: string;
}

interface Probed extends Ended {
  readonly legs: readonly Leg[];
  readonly load: readonly {
    readonly who: string;
    readonly to: string;
    readonly asked: number;
    readonly fewest: number;
  }[];
}

let runs = 0;

/** By the graph. No controller is there that would end the deletion of a namespace, so that each run has one of its own. */
function asLive(): readonly string[] {
  runs += 1;
  const without = noQueries === undefined ? [] : ['--without', 'name-servers'];
  return ['--live', '--name', `probe-${runs}`, '--untested', 'the graph leaves it open', ...without];
}

/** Runs the command in the lab. */
async function probed(cluster: ProbeCluster, folder: string, argv: readonly string[]): Promise<Probed> {
  cluster.jobs.length = 0;
  const ended = await run(['probe', folder, '--format', 'json', ...argv], {
    cluster: async () => cluster.live,
    more: { kubectl: cluster.kubectl, pause: (ms) => new Promise((done) => setTimeout(done, ms / 10)) },
  });
  if (ended.out === '') throw new Error(ended.err);
  const { legs, load = [] } = JSON.parse(ended.out);
  return { ...ended, legs, load };
}

interface Try {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
  readonly expected: string;
}

/** What Jobs tried, with both ends as the graph knows them. */
function triesOf(jobs: readonly JobRun[], { pods, namespaces, apiServer, nameServer }: Standing): Try[] {
  const labelsOf = (name: string) => ({
    ...namespaces.find(({ metadata }) => metadata.name === name)?.metadata.labels,
    'kubernetes.io/metadata.name': name,
  });
  return jobs.flatMap(({ namespace, labels, args }) =>
    args.map((arg) => {
      const [, expected = '', by, given = ''] = arg.split(',');
      const told: Record<string, string> = { 'api-server': apiServer, 'name-server': nameServer };
      const [address = '', port] = (told[given] ?? given).split(':');
      const pod = pods.find((each) => addressOf(each) === address);
      return {
        from: { namespace, namespaceLabels: labelsOf(namespace), labels, ports: [] },
        to: pod === undefined ? { address } : podParty(pod, labelsOf(pod.metadata.namespace ?? '')),
        protocol: by === 'udp' ? 'UDP' : 'TCP',
        port: Number(port),
        expected,
      };
    }),
  );
}

function podParty(pod: KubernetesObject, namespaceLabels: Record<string, string>): Party {
  const { metadata } = pod;
  return {
    namespace: metadata.namespace ?? '',
    namespaceLabels,
    labels: metadata.labels ?? {},
    ports: portsOf(pod).map(({ name = '', containerPort }) => ({ name, protocol: 'TCP', number: containerPort })),
  };
}

function portsOf({ spec }: KubernetesObject): readonly { readonly name?: string; readonly containerPort: number }[] {
  const { containers } = spec as { containers: [{ ports: { name?: string; containerPort: number }[] }] };
  return containers[0].ports;
}
