import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type IResolver, JsonPatch } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import {
  Cidr,
  DataTier,
  InferenceTier,
  IsolationTest,
  type IsolationTestProps,
  IsolationTestRunner,
  OutsideDestination,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Tier,
  ZeroTrust,
  ZeroTrustNamespace,
} from '../../lib';
import { podSecurityViolations } from '../../lib/pod-security/pod-security';
import type { Manifest } from '../tiers/scenario';
import { manifestsOf } from '../tiers/scenario';
import { ADDRESSES, CLUSTERS, platform } from './scenario';

const jobs = (manifests: readonly Manifest[]) => manifests.filter(({ kind }) => kind === 'Job');
const policies = (manifests: readonly Manifest[]) =>
  manifests.filter(({ kind, metadata }) => kind !== 'Job' && metadata.name.startsWith('isolation-stranger-'));
const lines = (props?: IsolationTestProps) => platform(props).test.toText().split('\n');

describe.each(Object.entries(CLUSTERS))('a test of isolation for %s', (engine, cluster) => {
  it('is proved with all else, as rendered and as written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'isolation-'));
    try {
      const proof = ZeroTrust.render(platform({}, cluster()).app, { folder: join(folder, 'out') });
      expect(proof.toText()).toMatch(/^Proved: /);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('lets strangers out by policies that are hooks, with the reason to keep them', () => {
    const found = policies(manifestsOf(platform({}, cluster()).app));
    expect(found.length).toBeGreaterThanOrEqual(4);
    for (const { metadata } of found) {
      expect(metadata.annotations).toMatchObject({
        'argocd.argoproj.io/hook': 'PostSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded,HookFailed',
        'argocd.argoproj.io/sync-wave': '1',
        'cdk8s-zero-trust/acknowledge': expect.stringMatching(/^policy-hook: /),
      });
    }
  });

  it('does not take a tier that lets strangers in for declared', () => {
    if (engine === 'antrea') return; // its own kinds deny before a NetworkPolicy allows
    const { app, data, weaviate } = platform({}, cluster());
    new ApiObject(weaviate, 'open', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'open', namespace: data.namespaceName },
      spec: {
        podSelector: { matchLabels: { app: 'weaviate' } },
        policyTypes: ['Ingress'],
        ingress: [{ from: [{ podSelector: { matchLabels: { 'cdk8s-zero-trust/prober': 'stranger-ai-data' } } }] }],
      },
    } as never);
    expect(() => app.synthYaml()).toThrow(/ai-data/);
  });
});

describe('what lets a stranger out', () => {
  it('is proved to let out no more than that', () => {
    const { app, test } = platform();
    app.synthYaml();
    const policy = test.node
      .findAll()
      .find((node) => ApiObject.isApiObject(node) && node.kind === 'NetworkPolicy') as ApiObject;
    policy.addJsonPatch(JsonPatch.add('/spec/egress/-', { to: [{ ipBlock: { cidr: '198.51.100.0/24' } }] }));
    expect(() => app.synthYaml()).toThrow(/isolation-stranger/);
  });

  it('is proved to let out no less', () => {
    const { app, test } = platform();
    app.synthYaml();
    const policy = test.node
      .findAll()
      .find((node) => ApiObject.isApiObject(node) && node.kind === 'NetworkPolicy') as ApiObject;
    policy.addJsonPatch(JsonPatch.remove('/spec/egress/0'));
    expect(() => app.synthYaml()).toThrow(/isolation-stranger/);
  });

  it('is a probe in the graph, which says so in every form', () => {
    const graph = PolicyGraph.of(platform().app);
    expect(graph.toText()).toMatch(/ai-data\/isolation-stranger-ai-data +probe /);
    expect(PolicyGraph.parse(graph.toJson()).toText()).toBe(graph.toText());
    expect(graph.toMermaid()).toContain('isolation-stranger-ai-data');
  });
});

describe('a test in an app with a resolver', () => {
  const labelled: IResolver = {
    resolve: (context) => {
      const isMetadata = context.key.length === 0 && context.value.name !== undefined;
      if (isMetadata && context.value.labels?.team !== 'ai') {
        context.replaceValue({ ...context.value, labels: { ...context.value.labels, team: 'ai' } });
      }
    },
  };

  it('is rendered with what the resolver adds to every object, and proved', () => {
    const { app, test } = platform();
    app.resolvers.unshift(labelled);
    const found = manifestsOf(app);
    expect(found.map(({ metadata }) => metadata.labels?.team)).toEqual(found.map(() => 'ai'));
    expect(PolicyProof.of(app).isProved).toBe(true);
    expect(test.toText()).toBe(platform().test.toText());
  });

  it('is refused where the resolver changes what policies select, with a sentence that says so', () => {
    const { app } = platform();
    app.resolvers.unshift({
      resolve: (context) => {
        if (context.value === 'weaviate') context.replaceValue('vectors');
      },
    });
    expect(() => app.synthYaml()).toThrow(
      /a resolver of the app changed .*NetworkPolicy ai-data\/weaviate \(metadata\.name, spec\./,
    );
  });
});

it('is noted in no proof of a folder: its Jobs are hooks because it is a test', () => {
  const { app } = platform();
  const folder = join(mkdtempSync(join(tmpdir(), 'noted-')), 'dist');
  try {
    const { notes, isProved } = ZeroTrust.render(app, { folder });
    expect(isProved).toBe(true);
    expect(notes.filter((note) => note.includes('hook'))).toEqual([]);
  } finally {
    rmSync(join(folder, '..'), { recursive: true });
  }
});

describe('the Jobs of a test', () => {
  const { app } = platform();
  const found = jobs(manifestsOf(app));
  const specs = found.map(({ spec }) => spec);

  it('keep to the restricted level of Pod Security', () => {
    expect(specs.flatMap(({ template }) => podSecurityViolations(template.spec, 'restricted'))).toEqual([]);
  });

  it('are never ready, so that no Service sends clients to them', () => {
    for (const { template } of specs) {
      expect(template.spec.readinessGates).toEqual([{ conditionType: 'cdk8s-zero-trust/never-ready' }]);
    }
  });

  it('are Jobs and no bare Pods, which a ReplicaSet would adopt, and try in one pod', () => {
    expect(manifestsOf(app).filter(({ kind }) => kind === 'Pod')).toEqual([]);
    for (const spec of specs) {
      expect(spec).toMatchObject({ backoffLimit: 0, ttlSecondsAfterFinished: 3600 });
      expect(spec.template.spec.restartPolicy).toBe('Never');
      expect(spec.activeDeadlineSeconds).toBeGreaterThan(60);
    }
  });

  it('take no token, no sidecar and no more than a little', () => {
    for (const { template } of specs) {
      expect(template.spec.automountServiceAccountToken).toBe(false);
      expect(template.metadata.labels['sidecar.istio.io/inject']).toBe('false');
      expect(template.spec.containers[0].resources.limits).toEqual({ cpu: '200m', memory: '128Mi' });
    }
  });

  it('try what is allowed before and after what is denied', () => {
    const waves = found.map(({ metadata, spec }) => [
      metadata.annotations?.['argocd.argoproj.io/sync-wave'],
      ...new Set((spec.template.spec.containers[0].args as string[]).map((leg) => leg.split(',')[1])),
    ]);
    expect(new Set(waves.map((each) => each.join(' ')))).toEqual(new Set(['2 allow', '3 deny', '4 allow']));
  });

  it('have names that are the same in every run, short, and no one else’s', () => {
    const names = found.map(({ metadata: { name, namespace } }) => `${namespace}/${name}`);
    expect(new Set(names).size).toBe(names.length);
    for (const { metadata } of found) {
      expect(metadata.name.length).toBeLessThanOrEqual(52);
      expect(metadata.name.startsWith('isolation-')).toBe(true);
    }
    expect(
      jobs(manifestsOf(platform().app)).map(({ metadata: { name, namespace } }) => `${namespace}/${name}`),
    ).toEqual(names);
  });

  it('wear the labels of a tier only where they try for it, and never those that let strangers out', () => {
    for (const { metadata, spec } of found) {
      const { labels } = spec.template.metadata;
      if (metadata.name.includes('stranger') || metadata.name.endsWith('elsewhere')) {
        expect(labels.app).toBeUndefined();
      } else {
        expect(labels.app).toBeDefined();
        expect(labels['cdk8s-zero-trust/prober']).not.toMatch(/^stranger/);
      }
    }
  });

  it('wear no label beside that of the tier where it has a workload, so that no Service selects them', () => {
    const {
      chart,
      app: other,
      data,
      agent,
    } = platform({ addresses: { ...ADDRESSES, 'ai-data/redis': 'redis.ai-data.svc:6379' } });
    const workload = new Deployment(chart, 'redis', { metadata: { name: 'redis', namespace: data.namespaceName } });
    workload.addContainer({ image: 'redis', ports: [{ number: 6379 }], securityContext: { ensureNonRoot: false } });
    const redis = new DataTier(data, 'redis', { pods: Pods.of(workload) });
    redis.connections.allowFrom(agent, { because: 'agents keep sessions' });
    const ofRedis = jobs(manifestsOf(other)).filter(({ metadata }) => metadata.name.endsWith('member-ai-data-redis'));
    expect(ofRedis.length).toBe(1);
    expect(Object.keys(ofRedis[0].spec.template.metadata.labels).sort()).toEqual([
      'cdk8s-zero-trust/isolation-test',
      'cdk8s-zero-trust/prober',
      'cdk8s-zero-trust/tier',
      'sidecar.istio.io/inject',
    ]);
  });

  it('have the image of the registry that is given, and its secrets', () => {
    const given = jobs(
      manifestsOf(platform({ registry: 'registry.example:5000/mirror', imagePullSecrets: ['mirror'] }).app),
    );
    for (const { spec } of given) {
      expect(spec.template.spec.containers[0].image).toMatch(
        /^registry\.example:5000\/mirror\/e2e-test-images\/agnhost:\d+\.\d+/,
      );
      expect(spec.template.spec.imagePullSecrets).toEqual([{ name: 'mirror' }]);
    }
  });

  it('are tests of Helm where that is asked for, one after the other by weight', () => {
    const given = manifestsOf(platform({ runner: IsolationTestRunner.HELM }).app);
    expect(new Set(jobs(given).map(({ metadata }) => metadata.annotations?.['helm.sh/hook-weight']))).toEqual(
      new Set(['2', '3', '4']),
    );
    for (const { metadata } of policies(given)) {
      expect(metadata.annotations).toMatchObject({
        'helm.sh/hook': 'test',
        'helm.sh/hook-weight': '1',
        'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded,hook-failed',
      });
      expect(metadata.annotations?.['argocd.argoproj.io/hook']).toBeUndefined();
    }
  });
});

describe('what a test tries', () => {
  it('is one client of each tier, and strangers that differ in labels, in namespace and in both', () => {
    expect(lines().filter((line) => line.includes('-> ai-inference/vllm'))).toEqual([
      'allow  ai-gateway/envoy -> ai-inference/vllm TCP vllm.ai-inference.svc:8000 ("users reach the model through the gateway")',
      'deny   a stranger in ai-inference -> ai-inference/vllm TCP vllm.ai-inference.svc:8000',
      'deny   a stranger in ai-gateway -> ai-inference/vllm TCP vllm.ai-inference.svc:8000',
      'deny   a stranger in a namespace without policies -> ai-inference/vllm TCP vllm.ai-inference.svc:8000',
      'deny   one with the labels of ai-gateway/envoy in a namespace without policies -> ai-inference/vllm TCP vllm.ai-inference.svc:8000',
    ]);
  });

  it('is what the tiers reach outside, beside a pod that nothing keeps in', () => {
    const outside = lines({ outside: [OutsideDestination.API_SERVER] }).filter((line) =>
      /internet|metadata|API/.test(line),
    );
    expect(outside).toHaveLength(6);
    expect(outside[0]).toBe('allow  a pod in a namespace without policies -> API server TCP api-server');
    expect(outside.slice(1).every((line) => line.startsWith('deny '))).toBe(true);
  });

  it('is a query to the name servers: by those who resolve names, and by those who must get no answer', () => {
    const asked = lines({ outside: [OutsideDestination.NAME_SERVERS] }).filter((line) => line.includes('name servers'));
    expect(asked).toEqual([
      'allow  ai-agents/agent -> name servers UDP name-server ("names are resolved by the cluster DNS")',
      'allow  a pod in a namespace without policies -> name servers UDP name-server',
      'deny   ai-data/minio -> name servers UDP name-server',
      'deny   ai-data/weaviate -> name servers UDP name-server',
      'allow  ai-gateway/envoy -> name servers UDP name-server ("names are resolved by the cluster DNS")',
      'allow  ai-inference/vllm -> name servers UDP name-server ("names are resolved by the cluster DNS")',
    ]);
    expect(lines({ outside: [] }).filter((line) => line.includes('name servers'))).toEqual([]);
  });

  it('is a query by a flow to the name servers alone, and none by a flow that may lead to some of them', () => {
    const { test, minio } = platform();
    minio.connections.allowTo(Pods.labeled({ 'k8s-app': 'kube-dns' }).inNamespace('kube-system').ownedBy('platform'), {
      ports: [Port.udpRange(50, 60)],
      because: 'an old client asks by itself',
    });
    const said = test
      .toText()
      .split('\n')
      .filter((line) => line.includes('name servers') && line.includes('minio'));
    expect(said).toEqual(['allow  ai-data/minio -> name servers UDP name-server ("an old client asks by itself")']);
    const other = platform();
    const anyOfKubeSystem = Pods.all().inNamespace('kube-system').ownedBy('platform');
    other.minio.connections.allowTo(anyOfKubeSystem, {
      ports: [Port.udp(53)],
      because: 'an old client asks by itself',
    });
    expect(other.test.toText()).toContain(
      'not tested  whether ai-data/minio is kept from the name servers: a flow may lead to some of them',
    );
  });

  it('is no flow over UDP or SCTP: each is said, with the reason', () => {
    const { test, minio, weaviate, agent } = platform({
      addresses: { ...ADDRESSES, 'ai-agents/agent': 'agent.ai-agents.svc:1' },
    });
    weaviate.connections.allowFrom(agent, { ports: [Port.udp(8125)], because: 'counters are sent' });
    minio.connections.allowTo(Cidr.of('198.51.100.0/24'), { ports: [Port.udp(123)], because: 'clocks are set' });
    agent.connections.allowFrom(minio, { ports: [Port.sctp(3868)], because: 'accounts are kept' });
    const said = test
      .toText()
      .split('\n')
      .filter((line) => /not tested.* from /.test(line));
    expect(said).toEqual([
      'not tested  SCTP/3868 from ai-data/minio to ai-agents/agent: the kernels of many nodes lack SCTP, where no try shows anything',
      'not tested  UDP/123 from ai-data/minio to 198.51.100.0/24: a server over UDP need not answer whom it hears, so that silence is no denial',
      'not tested  UDP/8125 from ai-agents/agent to ai-data/weaviate: a server over UDP need not answer whom it hears, so that silence is no denial',
    ]);
  });

  it('leaves a flow over UDP to the test of the tier that it leads to', () => {
    const asked = (of: 'weaviate' | 'agent') => {
      const { chart, ...tiers } = platform({ outside: [] });
      tiers.weaviate.connections.allowFrom(tiers.agent, { ports: [Port.udp(8125)], because: 'counters are sent' });
      return new IsolationTest(chart, 'one', {
        tiers: [tiers[of]],
        addresses: ADDRESSES,
        outside: [],
        untested: 'counters may be lost',
      }).toText();
    };
    expect(asked('weaviate')).toContain('UDP/8125');
    expect(asked('agent')).not.toContain('UDP/8125');
  });

  it('is refused without a reason to leave a flow over UDP open', () => {
    const { chart, weaviate, agent } = platform();
    weaviate.connections.allowFrom(agent, { ports: [Port.udp(8125)], because: 'counters are sent' });
    const test = new IsolationTest(chart, 'one', { tiers: [weaviate], addresses: ADDRESSES, outside: [] });
    expect(() => test.toText()).toThrow(
      /would leave a question open, and succeed[\s\S]*UDP\/8125 from ai-agents\/agent/,
    );
  });

  it('is only the tiers that are named', () => {
    const { chart, vllm } = platform({ outside: [] });
    const found = new IsolationTest(chart, 'one', { tiers: [vllm], addresses: ADDRESSES, outside: [] }).toText();
    expect(found.match(/-> \S+/g)).toEqual(Array(5).fill('-> ai-inference/vllm'));
  });

  it('is not what a flow allows: a stranger that may come in is left out, and said', () => {
    const { test, vllm } = platform();
    vllm.connections.allowFrom(Pods.all().inNamespace('isolation-elsewhere').ownedBy('platform team'), {
      because: 'everybody there may ask',
    });
    expect(test.toText()).toMatch(
      /not tested {2}whether a stranger in a namespace without policies is kept out of ai-inference\/vllm: a flow lets it in/,
    );
    expect(test.toText()).toMatch(/deny {3}a stranger in ai-inference -> ai-inference\/vllm/);
  });

  it('is no stranger in a namespace whose every pod is of one tier', () => {
    const { test, chart, agent } = platform();
    const apps = new ZeroTrustNamespace(chart, 'apps', { purpose: 'apps' });
    const all = new Tier(apps, 'all', { pods: Pods.all(), ports: [Port.tcp(80)] });
    agent.connections.allowTo(all, { because: 'agents call the tools' });
    expect(test.toText()).toContain('no Service of the app leads to it on these ports');
    const placed = platform({ addresses: { ...ADDRESSES, 'apps/all': 'all.apps.svc:80' } });
    const there = new ZeroTrustNamespace(placed.chart, 'apps', { purpose: 'apps' });
    placed.agent.connections.allowTo(new Tier(there, 'all', { pods: Pods.all(), ports: [Port.tcp(80)] }), {
      because: 'agents call the tools',
    });
    expect(placed.test.toText()).toMatch(
      /not tested {2}whether a stranger in apps is kept out of apps\/all: every pod of apps may be in the tier apps\/all/,
    );
  });

  it('is no client that resolves no names, unless the tier is dialled by its address', () => {
    const asked = (address: string) => {
      const { test, data, minio } = platform({ addresses: { ...ADDRESSES, 'ai-data/backup': address } });
      const backup = new DataTier(data, 'backup', { pods: Pods.labeled({ app: 'backup' }), ports: [Port.tcp(873)] });
      backup.connections.allowFrom(minio, { because: 'weights are kept twice' });
      return test.toText();
    };
    expect(asked('backup.ai-data.svc:873')).toContain('its client ai-data/minio resolves no names');
    expect(asked('10.96.7.7:873')).toContain('allow  ai-data/minio -> ai-data/backup TCP 10.96.7.7:873');
    expect(asked('[fd00::7]:873')).toContain('allow  ai-data/minio -> ai-data/backup TCP [fd00::7]:873');
  });

  it('finds the Service that leads to a tier, and the port behind which the pods listen', () => {
    const { test } = platform({ addresses: { ...ADDRESSES, 'ai-data/weaviate': 'elsewhere.example:1' } });
    expect(test.toText()).toContain('-> ai-data/weaviate TCP elsewhere.example:1');
    const { 'ai-data/weaviate': _, ...others } = ADDRESSES;
    const found = platform({ addresses: others });
    new ApiObject(found.chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'vectors', namespace: 'ai-data' },
      spec: { selector: { app: 'weaviate' }, ports: [{ port: 80, targetPort: 8080 }] },
    } as never);
    expect(found.test.toText()).toContain('-> ai-data/weaviate TCP vectors.ai-data.svc:80 ');
  });

  it('follows what is declared after the test was, also after a synthesis', () => {
    const { app, data, agent, test } = platform();
    const before = jobs(manifestsOf(app)).length;
    const more = new InferenceTier(data, 'reranker', {
      pods: Pods.labeled({ app: 'reranker' }),
      ports: [Port.tcp(8000)],
    });
    more.connections.allowFrom(agent, { because: 'passages are ranked' });
    expect(test.toText()).toContain('not tested  what keeps strangers out of ai-data/reranker');
    // It tries for what is outside, and before and after that for a name.
    expect(jobs(manifestsOf(app)).length).toBe(before + 3);
  });
});
