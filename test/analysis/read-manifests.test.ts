import { type ManifestReading, readManifests } from '../../lib/analysis';

type Json = Readonly<Record<string, unknown>>;

describe('the namespaces of a world', () => {
  it('have the label that the API server gives them, whatever the manifest says', () => {
    const labels = { purpose: 'data', 'kubernetes.io/metadata.name': 'other' };
    expect(sound([{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x', labels } }]).world.namespaces).toEqual([
      { name: 'x', labels: { purpose: 'data', 'kubernetes.io/metadata.name': 'x' } },
    ]);
  });

  it('include those that an object is only in, and the default one', () => {
    const objects = [podNamed('a', { namespace: 'x' }), podNamed('b', {}), policy('y', 'p')];
    expect(sound(objects).world.namespaces.map(({ name }) => name)).toEqual(['default', 'x', 'y']);
  });
});

describe('the workloads of a world', () => {
  const template = {
    metadata: { labels: { app: 'a' } },
    spec: { containers: [{ name: 'c', ports: [{ containerPort: 80, name: 'http' }] }] },
  };

  it.each<[string, string, Json]>([
    ['v1', 'ReplicationController', { template }],
    ['apps/v1', 'Deployment', { template }],
    ['apps/v1', 'StatefulSet', { template }],
    ['apps/v1', 'DaemonSet', { template }],
    ['apps/v1', 'ReplicaSet', { template }],
    ['batch/v1', 'Job', { template }],
    ['batch/v1', 'CronJob', { jobTemplate: { spec: { template } } }],
    ['argoproj.io/v1alpha1', 'Rollout', { template }],
    ['serving.knative.dev/v1', 'Service', { template }],
    ['leaderworkerset.x-k8s.io/v1', 'LeaderWorkerSet', { leaderWorkerTemplate: { workerTemplate: template } }],
    ['ray.io/v1', 'RayCluster', { headGroupSpec: { template } }],
    ['ray.io/v1', 'RayService', { rayClusterConfig: { workerGroupSpecs: [{ template }] } }],
    ['serving.kserve.io/v1beta1', 'InferenceService', { predictor: { labels: { app: 'a' }, ...template.spec } }],
  ])('are found in a %s %s', (apiVersion, kind, spec) => {
    const name = apiVersion.startsWith('serving.knative.dev/') ? 'user-port' : 'http';
    expect(sound([{ apiVersion, kind, metadata: { name: 'w', namespace: 'x' }, spec }]).world.workloads).toMatchObject([
      {
        id: `x/${kind}/w`,
        namespace: 'x',
        labels: { app: 'a' },
        ports: [{ name, protocol: 'TCP', number: 80 }],
        hostNetwork: false,
        addresses: [],
      },
    ]);
  });

  it('are found where KServe names a model instead of containers', () => {
    const spec = { predictor: { model: { modelFormat: { name: 'onnx' } } }, transformer: template.spec };
    const component = (component: string) => ({ component, 'serving.kserve.io/inferenceservice': 'w' });
    expect(
      idsAndLabels({
        apiVersion: 'serving.kserve.io/v1beta1',
        kind: 'InferenceService',
        metadata: { name: 'w' },
        spec,
      }),
    ).toEqual([
      ['default/InferenceService/w', component('predictor')],
      ['default/InferenceService/w#2', component('transformer')],
    ]);
  });

  it('are as many as one owner has ways of labelling, in an order of their own', () => {
    const group = (type: string) => ({ template: { ...template, metadata: { labels: { type } } } });
    const cluster = (groups: Json[]) => ({
      apiVersion: 'example.com/v1',
      kind: 'Cluster',
      metadata: { name: 'r' },
      spec: { groups },
    });
    const expected = [
      ['default/Cluster/r', { type: 'head' }],
      ['default/Cluster/r#2', { type: 'worker' }],
    ];
    expect(idsAndLabels(cluster([group('worker'), group('head'), group('worker')]))).toEqual(expected);
    expect(idsAndLabels(cluster([group('head'), group('worker')]))).toEqual(expected);
  });

  it('are one for the pods of one owner, as far up as it is given, with all their addresses, and one for its template', () => {
    const owner = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });
    const hashed = { ...template, metadata: { labels: { app: 'a', 'pod-template-hash': '1' } } };
    const objects = [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'x' }, spec: { template } },
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name: 'web-1', namespace: 'x', ...owner('Deployment', 'web') },
        spec: { template: hashed },
      },
      ...['10.0.0.2', '10.0.0.1'].map((podIP, i) => ({
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: `web-1-${i}`, namespace: 'x', ...hashed.metadata, ...owner('ReplicaSet', 'web-1') },
        spec: template.spec,
        status: { podIP, podIPs: [{ ip: podIP }] },
      })),
    ];
    expect(sound(objects).world.workloads).toMatchObject([
      { id: 'x/Deployment/web', labels: { app: 'a', 'pod-template-hash': '1' }, addresses: ['10.0.0.1', '10.0.0.2'] },
      { id: 'x/Deployment/web#2', labels: { app: 'a' }, unknownLabels: ['pod-template-hash'], addresses: [] },
    ]);
  });

  it('are one for pods that differ in nothing but the order in which they are written, and for others one each', () => {
    const port = (name: string, containerPort: number) => ({ name, containerPort });
    const [http, metrics] = [port('http', 80), port('metrics', 9090)];
    const owned = (name: string, labels: Json, ports: Json[], controller = true) =>
      podNamed(
        name,
        { namespace: 'x', labels, ownerReferences: [{ kind: 'Job', name: 'j', controller }] },
        { containers: [{ name: 'c', ports }] },
      );
    const ids = (...pods: Json[]) => sound(pods).world.workloads.map(({ id }) => id);
    const first = owned('a', { app: 'a', tier: 'b' }, [http, metrics]);
    expect(ids(first, owned('b', { tier: 'b', app: 'a' }, [metrics, http]))).toEqual(['x/Job/j']);
    expect(ids(first, owned('b', { app: 'a', tier: 'b' }, [http]))).toEqual(['x/Job/j', 'x/Job/j#2']);
    expect(ids(first, owned('b', { app: 'a', tier: 'b' }, [http, port('metrics', 9091)]))).toEqual([
      'x/Job/j',
      'x/Job/j#2',
    ]);
    expect(ids(first, owned('b', { app: 'a', tier: 'b' }, [http, metrics], false))).toEqual(['x/Job/j', 'x/Pod/b']);
  });

  it('have the ports of sidecars that are written as init containers, and of no other init container', () => {
    const container = (name: string, containerPort: number, more: Json = {}) => ({
      name,
      ports: [{ containerPort, protocol: 'UDP' }],
      ...more,
    });
    const spec = {
      containers: [container('main', 1)],
      initContainers: [container('setup', 2), container('sidecar', 3, { restartPolicy: 'Always' })],
    };
    expect(sound([podNamed('p', {}, spec)]).world.workloads[0].ports.map(({ number }) => number)).toEqual([1, 3]);
  });

  it('say that they are on the host network', () => {
    expect(sound([podNamed('p', {}, { hostNetwork: true, containers: [] })]).world.workloads[0].hostNetwork).toBe(true);
  });

  it('are not seen in patterns over containers, nor in free text', () => {
    const pattern = { validate: { pattern: { spec: { containers: [{ name: '*', image: '!*:latest' }] } } } };
    const objects = [
      { apiVersion: 'kyverno.io/v1', kind: 'ClusterPolicy', metadata: { name: 'k' }, spec: pattern },
      { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { spec: 'containers: []' } },
    ];
    expect(sound(objects).world.workloads).toEqual([]);
  });
});

describe('the services of a world', () => {
  it('are in the order of their namespaces and names, whatever that of the manifests', () => {
    const service = (namespace: string, name: string) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { namespace, name },
    });
    const given = [service('y', 'a'), service('x', 'b'), service('x', 'a')];
    const names = sound(given).world.services.map(({ namespace, name }) => `${namespace}/${name}`);
    expect(names).toEqual(['x/a', 'x/b', 'y/a']);
  });

  it('keep the port of the pod, by number or by name', () => {
    const ports = [{ port: 80 }, { port: 81, targetPort: 8081 }, { port: 53, targetPort: 'dns', protocol: 'UDP' }];
    const service = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 's', namespace: 'x' },
      spec: { selector: { app: 'a' }, ports },
    };
    expect(sound([service]).world.services).toEqual([
      {
        namespace: 'x',
        name: 's',
        selector: { app: 'a' },
        ports: [
          { protocol: 'TCP', port: 80, targetPort: 80 },
          { protocol: 'TCP', port: 81, targetPort: 8081 },
          { protocol: 'UDP', port: 53, targetPort: 'dns' },
        ],
      },
    ]);
  });
});

describe('Lists', () => {
  it('are opened, also those that keep the kind of their items to themselves', () => {
    const reading = sound([
      { apiVersion: 'v1', kind: 'List', items: [podNamed('a', {}), policy('default', 'p')] },
      { apiVersion: 'v1', kind: 'PodList', items: [{ metadata: { name: 'b' }, spec: { containers: [] } }] },
    ]);
    expect(reading.world.workloads.map(({ id }) => id)).toEqual(['default/Pod/a', 'default/Pod/b']);
    expect([reading.objects, reading.policies]).toEqual([3, 1]);
  });

  it('have their items in the path of a problem', () => {
    const { problems } = readManifests(
      [{ apiVersion: 'v1', kind: 'List', items: [podNamed('a', {}), policy('x', 'p', { a: 1 })] }],
      {
        sourceOf: (index, path) => `${index}:${path?.join('.')}`,
      },
    );
    expect(problems.map(({ where }) => where)).toEqual(['0:items.1.spec.a: NetworkPolicy x/p: spec.a']);
  });
});

describe('policies beside NetworkPolicies', () => {
  it('are read by themselves, and counted', () => {
    const reading = sound([policy('x', 'p'), clusterPolicy('p')]);
    expect(reading.others.map(({ kind, policy: { name } }) => `${kind} ${name}`)).toEqual([
      'policy.networking.k8s.io/ClusterNetworkPolicy p',
    ]);
    expect(reading.others[0].rules).toHaveLength(1);
    expect(reading.rules).toEqual([]);
    expect([reading.objects, reading.policies]).toEqual([2, 2]);
  });

  it('keep their problems, and are not counted with one', () => {
    const reading = readManifests([clusterPolicy('p', { surprise: true })], { sourceOf: () => 'all.yaml' });
    expect(reading.others).toMatchObject([{ rules: [], problems: [{ rule: 'unknown-field' }] }]);
    expect(reading.problems.map(({ where }) => where)).toEqual(['all.yaml: ClusterNetworkPolicy p: spec.surprise']);
    expect(reading.policies).toBe(0);
  });

  it('are there twice under one name, whatever namespace a cluster-wide one says', () => {
    const { problems } = readManifests([clusterPolicy('p'), clusterPolicy('p', {}, { namespace: 'x' })]);
    expect(problems.map(({ rule }) => rule)).toEqual(['duplicate-object', 'cluster-wide']);
  });

  it('are two of a name in two namespaces, and one of a name where nothing reads them', () => {
    const unread = (kind: string, apiVersion: string, namespace: string) =>
      ({ apiVersion, kind, metadata: { name: 'p', namespace }, spec: {} }) as Json;
    const rules = (kind: string, apiVersion: string) => {
      const reading = readManifests([unread(kind, apiVersion, 'x'), unread(kind, apiVersion, 'y')]);
      return [...reading.problems, ...reading.unread.map(({ problem }) => problem)].map(({ rule }) => rule);
    };
    expect(rules('PeerAuthentication', 'security.istio.io/v1')).toEqual(['unread-policy', 'unread-policy']);
    expect(rules('ClusterNetworkPolicy', 'networking.k8s.aws/v1alpha1')).toContain('duplicate-object');
    expect(rules('EgressFirewall', 'k8s.ovn.org/v1')).toEqual([]);
    const space = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } };
    const again = { ...space, metadata: { name: 'a', namespace: 'b' } };
    expect(readManifests([space, again]).problems.map(({ rule }) => rule)).toContain('duplicate-object');
  });

  it('are of no namespace where they are cluster-wide, so that none is mentioned', () => {
    expect(sound([clusterPolicy('p')]).world.namespaces).toEqual([]);
  });

  it.each([
    ['security.istio.io/v1', 'PeerAuthentication'],
    ['networking.istio.io/v1', 'Sidecar'],
    ['networking.gke.io/v1alpha1', 'FQDNNetworkPolicy'],
    ['networking.k8s.aws/v1alpha1', 'ApplicationNetworkPolicy'],
    ['k8s.ovn.org/v1', 'EgressFirewall'],
    ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy'],
    ['crd.projectcalico.org/v1', 'Tier'],
  ])('are named where nothing here reads them: %s %s', (apiVersion, kind) => {
    const { problems, unread } = readManifests([{ apiVersion, kind, metadata: { name: 'default' }, spec: {} }]);
    expect(problems).toEqual([]);
    expect(unread.map(({ problem }) => [problem.rule, problem.value])).toEqual([['unread-policy', kind]]);
  });
});

describe('a reading that is not to be relied on', () => {
  it.each<[string, Json | string, string]>([
    ['no Kubernetes object', { metadata: { name: 'package' } }, 'not-kubernetes'],
    ['text', 'hello', 'not-kubernetes'],
    [
      'an API that is gone',
      { apiVersion: 'extensions/v1beta1', kind: 'NetworkPolicy', metadata: { name: 'p' } },
      'unknown-api',
    ],
    [
      'a workload of an API that is gone',
      { apiVersion: 'apps/v1beta1', kind: 'Deployment', metadata: { name: 'p' } },
      'unknown-api',
    ],
    [
      'an API that is not there yet',
      { apiVersion: 'networking.k8s.io/v2', kind: 'NetworkPolicy', metadata: { name: 'p' } },
      'unknown-api',
    ],
    [
      'another version of a policy that is read',
      { ...clusterPolicy('p'), apiVersion: 'policy.networking.k8s.io/v1alpha1' },
      'unknown-api',
    ],
    ['a policy with a problem', clusterPolicy('p', { tier: 'Middle' }), 'policy-tier'],
    [
      'a Deployment without template',
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'p' }, spec: {} },
      'pod-template',
    ],
    ['a pod with a label that is no text', podNamed('p', { labels: { version: 2 } }), 'field-type'],
    [
      'a container port that is none',
      podNamed('p', {}, { containers: [{ name: 'c', ports: [{ containerPort: '80' }] }] }),
      'port-number',
    ],
    ['an address that is none', { ...podNamed('p', {}), status: { podIP: '10.0.0' } }, 'ip-address'],
  ])('says so, and reads the rest: %s', (_, object, rule) => {
    const reading = readManifests([object, podNamed('other', {})]);
    expect(reading.problems.map((problem) => problem.rule)).toEqual([rule]);
    expect(reading.world.workloads.map(({ id }) => id)).toEqual(['default/Pod/other']);
  });

  it.each([
    ['extensions/v1beta1', 'NetworkPolicy', 'networking.k8s.io/v1'],
    ['extensions/v1beta1', 'Deployment', 'apps/v1'],
    ['apps/v1beta2', 'StatefulSet', 'apps/v1'],
    ['batch/v2alpha1', 'CronJob', 'batch/v1'],
    ['v2', 'Service', 'v1'],
  ])('says of an API that is gone which one there is, and where it stands: %s %s', (apiVersion, kind, allowed) => {
    const { problems } = readManifests([{ apiVersion, kind, metadata: { name: 'p' } }], {
      sourceOf: (_, path) => `a.yaml ${path?.join('.') ?? ''}`,
    });
    expect(problems).toMatchObject([{ rule: 'unknown-api', value: apiVersion, allowed }]);
    expect(problems[0].where).toMatch(/^a.yaml apiVersion: /);
    expect(problems[0].fix).toContain(`'${allowed}'`);
  });

  it('takes what it does not read in any version', () => {
    sound([
      { apiVersion: 'extensions/v1beta1', kind: 'Ingress', metadata: { name: 'p' } },
      { apiVersion: 'v2', kind: 'ConfigMap', metadata: { name: 'p' } },
    ]);
  });

  it('reports what is wrong in each policy that has it', () => {
    const wrong: readonly Json[] = [
      { ingress: [{ ports: [{ port: 0 }] }] },
      { podSelector: { matchLabels: { a: 1 } } },
      { podSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'x' } } },
      { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/40' } }] }] },
      { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] } }] }] },
    ];
    for (const spec of wrong) {
      expect(readManifests([policy('x', 'a', spec), policy('x', 'b', spec)]).problems).toHaveLength(2);
    }
  });

  it('names both places of an object that is there twice, and reads the last', () => {
    const reading = readManifests([podNamed('p', { labels: { n: '1' } }), podNamed('p', { labels: { n: '2' } })], {
      sourceOf: (index) => `file-${index}.yaml`,
    });
    expect(reading.problems).toMatchObject([{ rule: 'duplicate-object', where: 'file-1.yaml: Pod default/p' }]);
    expect(reading.problems[0].what).toContain('file-0.yaml');
    expect(reading.world.workloads.map(({ labels }) => labels)).toEqual([{ n: '2' }]);
  });

  it('does not take objects of different groups, kinds or namespaces for one', () => {
    const named = (apiVersion: string, kind: string, namespace?: string) => ({
      apiVersion,
      kind,
      metadata: { name: 'p', namespace },
      spec: {},
    });
    sound([
      named('v1', 'Service'),
      named('serving.knative.dev/v1', 'Service'),
      named('v1', 'Service', 'x'),
      named('v1', 'Secret'),
    ]);
  });
});

function sound(objects: readonly unknown[]): ManifestReading {
  const reading = readManifests(objects);
  expect(reading.problems).toEqual([]);
  return reading;
}

function idsAndLabels(object: Json) {
  return sound([object]).world.workloads.map(({ id, labels }) => [id, labels]);
}

function podNamed(name: string, metadata: Json, spec: Json = { containers: [] }): Json {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata }, spec };
}

function policy(namespace: string, name: string, spec: Json = {}): Json {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

function clusterPolicy(name: string, spec: Json = {}, metadata: Json = {}): Json {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name, ...metadata },
    spec: {
      tier: 'Admin',
      priority: 10,
      subject: { namespaces: {} },
      ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
      ...spec,
    },
  };
}
