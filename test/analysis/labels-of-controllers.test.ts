import { connectivity, explain, readManifests } from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
import type { Workload } from '../../lib/model/world';

type Json = Readonly<Record<string, unknown>>;

const template: Json = {
  metadata: { labels: { app: 'a' } },
  spec: { containers: [{ name: 'c', ports: [{ containerPort: 80, name: 'http' }] }] },
};

function pods(apiVersion: string, kind: string, spec: Json, metadata: Json = {}, others: readonly Json[] = []) {
  const object = { apiVersion, kind, metadata: { name: 'w', namespace: 'x', ...metadata }, spec };
  const { world, problems } = readManifests([object, ...others]);
  expect(problems).toEqual([]);
  return world.workloads;
}

function known(workloads: readonly Workload[]) {
  return workloads.map(({ labels, unknownLabels }) => [labels, unknownLabels ?? []]);
}

const JOB = (name: string) => ({ 'batch.kubernetes.io/job-name': name, 'job-name': name });
const UIDS = ['batch.kubernetes.io/controller-uid', 'controller-uid'];

describe('the controllers of Kubernetes', () => {
  it('label pods of a Deployment and of a DaemonSet with a hash that nobody knows, whatever the template says', () => {
    const guessed = { ...template, metadata: { labels: { app: 'a', 'pod-template-hash': '1' } } };
    expect(known(pods('apps/v1', 'Deployment', { template: guessed }))).toEqual([
      [{ app: 'a' }, ['pod-template-hash']],
    ]);
    expect(known(pods('apps/v1', 'DaemonSet', { template }))).toEqual([
      [{ app: 'a' }, ['controller-revision-hash', 'pod-template-generation']],
    ]);
  });

  it('add nothing to pods of a ReplicaSet and a ReplicationController, nor to a Pod', () => {
    expect(known(pods('apps/v1', 'ReplicaSet', { template }))).toEqual([[{ app: 'a' }, []]]);
    expect(known(pods('v1', 'ReplicationController', { template }))).toEqual([[{ app: 'a' }, []]]);
    expect(known(pods('v1', 'Pod', template.spec as Json, { labels: { app: 'a' } }))).toEqual([[{ app: 'a' }, []]]);
  });

  it('name each pod of a StatefulSet, from the first number that it says', () => {
    const pod = (index: number) => [
      {
        app: 'a',
        'statefulset.kubernetes.io/pod-name': `w-${index}`,
        'apps.kubernetes.io/pod-index': String(index),
      },
      ['controller-revision-hash'],
    ];
    expect(known(pods('apps/v1', 'StatefulSet', { template }))).toEqual([pod(0)]);
    expect(known(pods('apps/v1', 'StatefulSet', { template, replicas: 2, ordinals: { start: 5 } }))).toEqual([
      pod(5),
      pod(6),
    ]);
  });

  it.each<[string, Json, Json]>([
    ['more replicas than are told apart', { replicas: 11 }, {}],
    ['no replica yet', { replicas: 0 }, {}],
    ['a count that is none', { replicas: 'many' }, {}],
    ['a name that is made up later', {}, { name: undefined, generateName: 'w-' }],
  ])('of a StatefulSet with %s: the names are unknown', (_, more, metadata) => {
    expect(known(pods('apps/v1', 'StatefulSet', { template, ...more }, metadata))).toEqual([
      [
        { app: 'a' },
        ['apps.kubernetes.io/pod-index', 'controller-revision-hash', 'statefulset.kubernetes.io/pod-name'],
      ],
    ]);
  });

  it('label pods of a Job with its name, and with an id that nobody knows', () => {
    expect(known(pods('batch/v1', 'Job', { template }))).toEqual([[{ app: 'a', ...JOB('w') }, UIDS]]);
    const generated = pods('batch/v1', 'Job', { template }, { name: undefined, generateName: 'w-' });
    expect(known(generated)).toEqual([
      [
        { app: 'a' },
        ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-name', 'controller-uid', 'job-name'],
      ],
    ]);
    expect(known(pods('batch/v1', 'CronJob', { jobTemplate: { spec: { template } } }))).toEqual(known(generated));
  });

  it('leave the labels of a Job as a cluster shows them, and those of one that has its own selector', () => {
    const shown = { ...template, metadata: { labels: { app: 'a', ...JOB('w'), 'controller-uid': '7' } } };
    expect(known(pods('batch/v1', 'Job', { template: shown }))).toEqual([
      [{ app: 'a', ...JOB('w'), 'controller-uid': '7' }, ['batch.kubernetes.io/controller-uid']],
    ]);
    expect(known(pods('batch/v1', 'Job', { template, manualSelector: true }))).toEqual([[{ app: 'a' }, []]]);
  });

  it('number the pods of an indexed Job', () => {
    const pod = (index: string) => [{ app: 'a', ...JOB('w'), 'batch.kubernetes.io/job-completion-index': index }, UIDS];
    const spec = { template, completionMode: 'Indexed', completions: 2 };
    expect(known(pods('batch/v1', 'Job', spec))).toEqual([pod('0'), pod('1')]);
    expect(known(pods('batch/v1', 'Job', { ...spec, completions: 100 }))).toEqual([
      [
        { app: 'a', ...JOB('w') },
        ['batch.kubernetes.io/controller-uid', 'batch.kubernetes.io/job-completion-index', 'controller-uid'],
      ],
    ]);
  });
});

describe('controllers of other kinds', () => {
  it('may add any label and any port where nobody here knows them', () => {
    const [pod] = pods('example.com/v1', 'Runner', { template });
    expect(pod).toMatchObject({ labels: { app: 'a' }, unknownLabels: 'any', mayHaveMorePorts: true });
  });

  it('of a Ray cluster: its name, and the type and group of each pod, which a template cannot write', () => {
    const stubborn = {
      ...template,
      metadata: { labels: { app: 'a', 'ray.io/group': 'mine', 'ray.io/is-ray-node': 'maybe' } },
    };
    const spec = {
      headGroupSpec: { template },
      workerGroupSpecs: [{ groupName: 'gpu', template: stubborn }],
    };
    const usual = {
      app: 'a',
      'app.kubernetes.io/name': 'kuberay',
      'app.kubernetes.io/created-by': 'kuberay-operator',
      'ray.io/is-ray-node': 'yes',
    };
    const cluster = pods('ray.io/v1', 'RayCluster', spec);
    expect(cluster.map(({ labels }) => labels)).toEqual(
      expect.arrayContaining([
        { ...usual, 'ray.io/cluster': 'w', 'ray.io/group': 'headgroup', 'ray.io/node-type': 'head' },
        {
          ...usual,
          'ray.io/is-ray-node': 'maybe',
          'ray.io/cluster': 'w',
          'ray.io/group': 'gpu',
          'ray.io/node-type': 'worker',
        },
      ]),
    );
    for (const { unknownLabels } of cluster) expect(unknownLabels).toContain('ray.io/identifier');
    const [ofService] = pods('ray.io/v1', 'RayService', { rayClusterConfig: { headGroupSpec: { template } } });
    expect(ofService.labels).not.toHaveProperty(['ray.io/cluster']);
    expect(ofService.unknownLabels).toContain('ray.io/cluster');
  });

  it.each<[string, string, Json, Json, readonly string[] | 'any']>([
    ['argoproj.io/v1alpha1', 'Rollout', { template }, { app: 'a' }, ['rollouts-pod-template-hash']],
    [
      'argoproj.io/v1alpha1',
      'Rollout',
      { template, strategy: { canary: { canaryMetadata: { labels: { role: 'canary' } } } } },
      { app: 'a' },
      ['role', 'rollouts-pod-template-hash'],
    ],
    [
      'leaderworkerset.x-k8s.io/v1',
      'LeaderWorkerSet',
      { leaderWorkerTemplate: { workerTemplate: template } },
      { app: 'a', 'leaderworkerset.sigs.k8s.io/name': 'w' },
      ['leaderworkerset.sigs.k8s.io/worker-index', 'statefulset.kubernetes.io/pod-name'],
    ],
    [
      'jobset.x-k8s.io/v1alpha2',
      'JobSet',
      { replicatedJobs: [{ name: 'train', template: { spec: { template } } }] },
      { app: 'a', 'jobset.sigs.k8s.io/jobset-name': 'w', 'jobset.sigs.k8s.io/replicatedjob-name': 'train' },
      ['jobset.sigs.k8s.io/job-index', 'job-name'],
    ],
    [
      'serving.kserve.io/v1beta1',
      'InferenceService',
      { predictor: { labels: { app: 'a' }, model: { modelFormat: { name: 'onnx' } } } },
      { app: 'a', component: 'predictor', 'serving.kserve.io/inferenceservice': 'w' },
      'any',
    ],
    ['kafka.strimzi.io/v1beta2', 'Kafka', { kafka: {} }, { 'strimzi.io/cluster': 'w' }, 'any'],
    [
      'postgresql.cnpg.io/v1',
      'Cluster',
      { instances: 3 },
      { 'cnpg.io/cluster': 'w', 'cnpg.io/podRole': 'instance' },
      'any',
    ],
    [
      'kubevirt.io/v1',
      'VirtualMachine',
      { template: { metadata: { labels: { app: 'a' } }, spec: { domain: {} } } },
      { app: 'a', 'kubevirt.io': 'virt-launcher', 'vm.kubevirt.io/name': 'w' },
      'any',
    ],
    [
      'argoproj.io/v1alpha1',
      'Workflow',
      { templates: [{ steps: [] }, { metadata: { labels: { app: 'a' } }, container: { image: 'x' } }] },
      { app: 'a', 'workflows.argoproj.io/workflow': 'w' },
      'any',
    ],
  ])('of a %s %s add what its object says', (apiVersion, kind, spec, labels, unknown) => {
    const found = pods(apiVersion, kind, spec);
    expect(found.map((pod) => pod.labels)).toEqual([labels]);
    if (unknown === 'any') expect(found[0].unknownLabels).toBe('any');
    else expect(found[0].unknownLabels).toEqual(expect.arrayContaining([...unknown]));
  });

  it('of Knative: its own name for the port, a number where there is none, and a proxy beside it', () => {
    const service = (container: Json) =>
      pods('serving.knative.dev/v1', 'Service', { template: { spec: { containers: [{ image: 'x', ...container }] } } });
    const port = (number: number) => [{ name: 'user-port', protocol: 'TCP', number }];
    expect(service({ ports: [{ name: 'h2c' }] })[0].ports).toEqual(port(8080));
    expect(service({ ports: [{ containerPort: 9000 }] })[0].ports).toEqual(port(9000));
    expect(service({})[0]).toMatchObject({ ports: port(8080), mayHaveMorePorts: true, unknownLabels: 'any' });
  });

  it('of a template that objects in other namespaces run: there are no pods of it', () => {
    const runtime = { containers: [{ name: 'kserve-container', image: 'x' }], supportedModelFormats: [] };
    expect(pods('serving.kserve.io/v1alpha1', 'ClusterServingRuntime', runtime, { namespace: undefined })).toEqual([]);
    expect(pods('serving.kserve.io/v1alpha1', 'ServingRuntime', runtime)).toEqual([]);
  });
});

describe('sidecars that a webhook puts into pods', () => {
  const inNamespace = (labels: Json, annotations: Json = {}) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'x', labels, annotations },
  });
  const injected = (pod: Json, namespace: Json) => {
    const metadata = { labels: { app: 'a' }, ...(pod.metadata as Json) };
    const spec = { ...(template.spec as Json), ...(pod.spec as Json) };
    const [found] = pods('v1', 'Pod', spec, metadata, [namespace]);
    return found.mayHaveMorePorts ?? false;
  };

  it.each<[string, boolean, Json, Json]>([
    ['a namespace that nobody labelled', false, {}, inNamespace({})],
    ['a namespace that Istio is asked for', true, {}, inNamespace({ 'istio-injection': 'enabled' })],
    ['a namespace with a revision of Istio', true, {}, inNamespace({ 'istio.io/rev': 'canary' })],
    ['a namespace that refuses', false, {}, inNamespace({ 'istio-injection': 'disabled', 'istio.io/rev': 'canary' })],
    ['a namespace that Linkerd is asked for', true, {}, inNamespace({}, { 'linkerd.io/inject': 'enabled' })],
    ['a pod that asks', true, { metadata: { labels: { 'sidecar.istio.io/inject': 'true' } } }, inNamespace({})],
    [
      'a pod that asks by an annotation',
      true,
      { metadata: { annotations: { 'dapr.io/enabled': 'true' } } },
      inNamespace({}),
    ],
    [
      'a pod that refuses',
      false,
      { metadata: { annotations: { 'sidecar.istio.io/inject': 'false' } } },
      inNamespace({ 'istio-injection': 'enabled' }),
    ],
    [
      'a pod on the host network',
      false,
      { spec: { hostNetwork: true } },
      inNamespace({ 'istio-injection': 'enabled' }),
    ],
  ])('%s: %s', (_, expected, pod, namespace) => {
    expect(injected(pod, namespace)).toBe(expected);
  });

  it('label pods too, with what nobody knows', () => {
    const [pod] = pods('v1', 'Pod', template.spec as Json, { labels: { app: 'a' } }, [
      inNamespace({ 'istio-injection': 'enabled' }),
    ]);
    expect(pod.unknownLabels).toContain('service.istio.io/canonical-name');
  });
});

describe('static pods', () => {
  it('are named after themselves, not after the node that they share', () => {
    const mirror = (name: string, namespace: string) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        ownerReferences: [{ apiVersion: 'v1', kind: 'Node', name: 'n1', controller: true }],
      },
      spec: template.spec,
    });
    const { world } = readManifests([mirror('etcd-n1', 'kube-system'), mirror('proxy-n1', 'kube-system')]);
    expect(world.workloads.map(({ id }) => id)).toEqual(['kube-system/Pod/etcd-n1', 'kube-system/Pod/proxy-n1']);
  });
});

describe('the labels that pods take over from their node', () => {
  const ZONE = 'topology.kubernetes.io/zone';
  const pod = (name: string, labels: Json) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'x', labels },
    spec: { containers: [{ name: 'c' }] },
  });
  const only = (podSelector: Json) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace: 'x' },
    spec: {
      podSelector: { matchLabels: { app: 'server' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector }] }],
    },
  });
  const reach = (client: Json, podSelector: Json) => {
    const { world, rules, isolations, others } = readManifests([
      pod('client', client),
      pod('server', { app: 'server' }),
      only(podSelector),
    ]);
    const plane = compose({ rules, isolations, others }, { ipBlockMode: 'pods' });
    const question = { from: 'x/Pod/client', to: 'x/Pod/server', protocol: 'TCP' as const, port: 80 };
    const { allowed } = explain(world, plane, question);
    expect(connectivity(world, plane).allowed('x/Pod/client', 'x/Pod/server', 'TCP', 80)).toEqual(allowed);
    return allowed;
  };

  it.each<[string, Json, Json, object]>([
    ['may be there', { app: 'a' }, { matchLabels: { [ZONE]: 'b' } }, { must: false, may: true }],
    [
      'may be another than the template says',
      { [ZONE]: 'a' },
      { matchLabels: { [ZONE]: 'b' } },
      { must: false, may: true },
    ],
    [
      'are not certain to be what the template says',
      { [ZONE]: 'b' },
      { matchLabels: { [ZONE]: 'b' } },
      { must: false, may: true },
    ],
    ['matter to nothing else', { app: 'a' }, { matchLabels: { app: 'b', [ZONE]: 'b' } }, { must: false, may: false }],
    [
      'are those two',
      { app: 'a' },
      { matchLabels: { 'topology.kubernetes.io/rack': 'b' } },
      { must: false, may: false },
    ],
  ])('%s', (_, client, selector, allowed) => {
    expect(reach(client, selector)).toEqual(allowed);
  });
});
