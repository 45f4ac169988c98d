import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, Helm, Include } from 'cdk8s';
import { Construct } from 'constructs';
import { Pods, PolicyGraph, Tier, type WorkloadChoice, type ZeroTrustNamespace } from '../../../lib';
import { Deployment } from '../../../lib/deployment/deployment';
import type { Problem } from '../../../lib/model/problem';
import { asked, namespace } from '../../tiers/scenario';

const because = 'callers use the service';
const callers = Pods.labeled({ app: 'caller' }).inNamespace('callers').ownedBy('callers team');

/** What a chart of a vector store renders: the store, and a job that fills it. */
const CHART = `
apiVersion: v1
kind: ConfigMap
metadata: { name: qdrant, namespace: apps }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: qdrant, namespace: apps }
spec:
  template:
    metadata: { labels: { app: qdrant } }
    spec: { containers: [{ name: qdrant, ports: [{ containerPort: 6333 }] }] }
---
apiVersion: batch/v1
kind: Job
metadata: { name: load, namespace: apps }
spec:
  template:
    metadata: { labels: { app: load } }
    spec: { containers: [{ name: load, ports: [{ containerPort: 9000 }] }] }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'charts-'));
  writeFileSync(join(folder, 'chart.yaml'), CHART);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A chart as `helm template` gives it: the executable prints the file, whatever it is asked for. */
function helm(space: Construct): Construct {
  const helmExecutable = join(folder, 'helm');
  writeFileSync(helmExecutable, `#!/bin/sh\ncat ${join(folder, 'chart.yaml')}\n`);
  chmodSync(helmExecutable, 0o755);
  return new Helm(space, 'chart', { chart: 'qdrant', helmExecutable });
}

const include = (space: Construct) => new Include(space, 'chart', { url: join(folder, 'chart.yaml') });

function tierOf(make: (space: ZeroTrustNamespace) => Construct, choice?: WorkloadChoice): Tier {
  const space = namespace('apps', {
    dns: false,
    acknowledge: [{ rule: 'pods-without-tier', because: 'only one is meant' }],
  });
  const tier = new Tier(space, 'store', { pods: Pods.of(make(space), choice) });
  tier.connections.allowFrom(callers, { because });
  return tier;
}

function problemOf(scope: Construct): Problem {
  const { problems } = Deployment.of(scope).state();
  expect(problems).toHaveLength(1);
  return problems[0].problem;
}

function custom(apiVersion: string, kind: string, spec: object) {
  return (space: Construct) =>
    new ApiObject(space, 'object', { apiVersion, kind, metadata: { name: 'it', namespace: 'apps' }, spec });
}

/** What the custom object beside the tier renders. */
function renderedBeside({ node }: Tier) {
  const { scope } = node as { scope: Construct };
  return (scope.node.findChild('object') as ApiObject).toJson();
}

const podLabels = (tier: Tier) => JSON.stringify(renderedBeside(tier)).match(/"cdk8s-zero-trust\/tier":"store"/g) ?? [];

describe.each([
  ['Helm', helm],
  ['Include', include],
])('of a %s with several workloads', (_, make) => {
  it('the one that is named by kind and name is the tier, on its own ports', () => {
    const tier = tierOf(make, { kind: 'StatefulSet', name: 'qdrant' });
    const { passes } = asked(tier);
    expect(passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 6333)).toBe(true);
    expect(passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 9000)).toBe(false);
  });

  it('only its template gets the label of the tier', () => {
    const tier = tierOf(make, { kind: 'StatefulSet' });
    const labeled = tier.node.root.node
      .findAll()
      .filter((node) => ApiObject.isApiObject(node))
      .filter((object) =>
        JSON.stringify((object as ApiObject).toJson().spec?.template ?? '').includes('zero-trust/tier'),
      );
    expect(labeled.map((object) => (object as ApiObject).kind)).toEqual(['StatefulSet']);
  });

  it('all are listed, with the code to write, where none is named', () => {
    expect(problemOf(tierOf(make))).toMatchObject({
      rule: 'workload-several',
      value: 'StatefulSet qdrant, Job load',
      fix: "Say which: Pods.of(…, { kind: 'StatefulSet', name: 'qdrant' })",
    });
  });

  it('the nearest is proposed for a name that none has', () => {
    expect(problemOf(tierOf(make, { kind: 'StatefulSet', name: 'quadrant' }))).toMatchObject({
      rule: 'workload-unknown',
      value: 'StatefulSet quadrant',
      allowed: 'StatefulSet qdrant, Job load',
      fix: "Write it as the manifest has it: Pods.of(…, { kind: 'StatefulSet', name: 'qdrant' })",
    });
  });

  it('one is a peer as well, and is the tier that was made of it', () => {
    const tier = tierOf(make, { name: 'qdrant' });
    const space = tier.node.scope as ZeroTrustNamespace;
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }) });
    client.connections.allowTo(Pods.of(space.node.findChild('chart'), { kind: 'StatefulSet' }), { because });
    expect(PolicyGraph.of(client).flows.map(({ destination }) => destination)).toContain('apps/store');
  });
});

describe('an InferenceService of KServe', () => {
  const service = (spec: object) => custom('serving.kserve.io/v1beta1', 'InferenceService', spec);

  it('gives the label of the tier to the pods of all its components', () => {
    const containers = [{ name: 'kserve-container', ports: [{ containerPort: 8081 }] }];
    const tier = tierOf(service({ predictor: { containers }, transformer: { labels: { app: 'x' }, containers } }));
    expect(asked(tier).passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 8081)).toBe(true);
    const { spec } = renderedBeside(tier);
    expect(spec.predictor.labels).toEqual({ 'cdk8s-zero-trust/tier': 'store' });
    expect(spec.transformer.labels).toEqual({ app: 'x', 'cdk8s-zero-trust/tier': 'store' });
  });

  it('serves a model on the port that its runtimes are told to listen on', () => {
    const tier = tierOf(service({ predictor: { model: { modelFormat: { name: 'vLLM' } } } }));
    const { passes } = asked(tier);
    expect(passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 8080)).toBe(true);
    expect(passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 8000)).toBe(false);
  });

  it('is in the tier, so that its namespace has no pods without one', () => {
    const space = namespace('apps', { dns: false });
    new Tier(space, 'store', { pods: Pods.of(service({ predictor: { model: { modelFormat: {} } } })(space)) });
    expect(Deployment.of(space).state().problems).toEqual([]);
  });
});

it('a RayCluster is one tier of head and workers', () => {
  const template = (port: number) => ({ spec: { containers: [{ name: 'ray', ports: [{ containerPort: port }] }] } });
  const spec = { headGroupSpec: { template: template(6379) }, workerGroupSpecs: [{ template: template(8080) }] };
  const tier = tierOf(custom('ray.io/v1', 'RayCluster', spec));
  expect(podLabels(tier)).toHaveLength(2);
  const { passes } = asked(tier);
  for (const port of [6379, 8080]) {
    expect(passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', port)).toBe(true);
  }
});

it('a SandboxTemplate labels the pods that are made of it', () => {
  const podTemplate = { spec: { containers: [{ name: 'sandbox' }] } };
  const tier = tierOf(custom('extensions.agents.x-k8s.io/v1alpha1', 'SandboxTemplate', { podTemplate }));
  expect(podLabels(tier)).toHaveLength(1);
});

describe('pods that an operator makes are refused with the way on', () => {
  const containers = [{ name: 'c', image: 'i' }];

  it.each<[string, string, string, object, string]>([
    [
      'with the labels that it is known to give them',
      'postgresql.cnpg.io/v1',
      'Cluster',
      { instances: 3 },
      "Pods.labeled({ 'cnpg.io/cluster': 'it', 'cnpg.io/podRole': 'instance' })",
    ],
    ['the same of brokers', 'kafka.strimzi.io/v1beta2', 'Kafka', {}, "Pods.labeled({ 'strimzi.io/cluster': 'it' })"],
    [
      'with all that it may be where it makes several',
      'sparkoperator.k8s.io/v1beta2',
      'SparkApplication',
      {},
      ", or Pods.labeled({ 'spark-role': 'executor', 'sparkoperator.k8s.io/app-name': 'it' })",
    ],
    [
      'with the labels in words where no more is known',
      'elasticsearch.k8s.elastic.co/v1',
      'Elasticsearch',
      {},
      'Select them by labels: Pods.labeled({ … })',
    ],
    [
      'where containers stand beside its own settings',
      'monitoring.coreos.com/v1',
      'Prometheus',
      { containers },
      'Select them by labels',
    ],
    [
      'where other objects run what it describes',
      'serving.kserve.io/v1alpha1',
      'ServingRuntime',
      { containers },
      'the InferenceService that names it',
    ],
  ])('%s', (_, apiVersion, kind, spec, fix) => {
    const tier = tierOf(custom(apiVersion, kind, spec));
    expect(problemOf(tier)).toMatchObject({ rule: 'workload-made-elsewhere', value: `${kind} it` });
    expect(problemOf(tier).fix).toContain(fix);
    expect(podLabels(tier)).toEqual([]);
  });

  it('as a peer with a namespace and an owner', () => {
    const space = namespace('web', { dns: false });
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'client' }) });
    const postgres = custom('postgresql.cnpg.io/v1', 'Cluster', {})(space);
    client.connections.allowTo(Pods.of(postgres).ownedBy('data team'), { because });
    expect(problemOf(space).fix).toBe(
      "Select them by these: Pods.labeled({ 'cnpg.io/cluster': 'it', 'cnpg.io/podRole': 'instance' }).inNamespace('apps').ownedBy('…')",
    );
  });

  it('but are passed over where the construct has one workload with a template', () => {
    const tier = tierOf((space) => {
      const both = new Construct(space, 'both');
      custom('postgresql.cnpg.io/v1', 'Cluster', {})(both);
      new ApiObject(both, 'api', {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name: 'api', namespace: 'apps' },
        spec: { template: { spec: { containers: [{ name: 'api', ports: [{ containerPort: 80 }] }] } } },
      });
      return both;
    });
    expect(asked(tier).passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 80)).toBe(true);
  });
});

describe('of a chart that holds the tiers as well', () => {
  const chartWithStore = () => {
    const space = namespace('apps', { dns: false });
    custom('apps/v1', 'StatefulSet', {
      template: {
        metadata: { labels: { app: 'store' } },
        spec: { containers: [{ name: 'store', ports: [{ containerPort: 6379 }] }] },
      },
    })(space);
    return { space, chart: space.node.scope as Construct };
  };

  it.each<[string, WorkloadChoice, string]>([
    ['a name that none has', { kind: 'StatefulSet', name: 'its' }, 'StatefulSet its'],
    ['a kind that runs no pods, of which the policies of the tiers are', { kind: 'NetworkPolicy' }, 'NetworkPolicy'],
    ['the name of a tier', { name: 'cache' }, 'cache'],
  ])('%s is refused with what there is', (_, choice, value) => {
    const { space, chart } = chartWithStore();
    const tier = new Tier(space, 'cache', { pods: Pods.of(chart, choice) });
    tier.connections.allowFrom(callers, { because });
    expect(problemOf(space)).toMatchObject({
      rule: 'workload-unknown',
      where: 'chart/apps/cache',
      value,
      allowed: 'StatefulSet it',
      fix: "Write it as the manifest has it: Pods.of(…, { kind: 'StatefulSet', name: 'it' })",
    });
  });

  it('the same is said of a peer', () => {
    const { space, chart } = chartWithStore();
    const client = new Tier(space, 'client', { pods: Pods.labeled({ app: 'store' }) });
    client.connections.allowTo(Pods.of(chart, { name: 'client' }), { because });
    expect(problemOf(space)).toMatchObject({
      rule: 'workload-unknown',
      value: 'client',
      allowed: 'StatefulSet it',
    });
  });

  it('its one workload is the tier where none is named', () => {
    const { space, chart } = chartWithStore();
    const tier = new Tier(space, 'store', { pods: Pods.of(chart) });
    tier.connections.allowFrom(callers, { because });
    expect(asked(tier).passes('callers/app=caller', 'apps/cdk8s-zero-trust/tier=store', 6379)).toBe(true);
  });

  it('a construct that holds nothing but tiers has no pods', () => {
    const space = namespace('apps', { dns: false });
    new Tier(space, 'cache', { pods: Pods.of(space) });
    expect(problemOf(space)).toMatchObject({ rule: 'workload-template', value: 'chart/apps' });
  });
});
