import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { planeOf, readFiles, readManifests, readText } from '../../lib/analysis';
import { problemText } from '../../lib/model/problem';

type Json = Readonly<Record<string, unknown>>;

/** What a template that was not rendered, a slip of the hand or an attacker leaves in a field. */
const JUNK: readonly unknown[] = [
  null,
  '',
  '{{ .Release.Namespace }}',
  'a'.repeat(300),
  '\u001b[31mred\u0007\n\u202e',
  -1,
  1.5,
  Number.NaN,
  true,
  [],
  {},
  [null],
  [[]],
  ['', 'x', 'x'],
  { a: null },
  { '\u0000': { '': [] } },
];

/** Objects of every kind that is read, with most of their fields. */
const OBJECTS: readonly Json[] = [
  ...['portable-kubernetes', 'portable-cilium', 'portable-calico', 'portable-antrea', 'portable-cluster-network-policy']
    .flatMap((app) => readdirSync(join('dist', app)).map((file) => join('dist', app, file)))
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => loadAll(readFileSync(file, 'utf8')) as Json[]),
  object('apps/v1', 'StatefulSet', { replicas: 2, ordinals: { start: 1 }, template: template() }),
  ...['istio.io/dataplane-mode', 'k8s.ovn.org/primary-user-defined-network'].map((label) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'x', labels: { [label]: 'ambient' } },
  })),
  {
    ...object('v1', 'Pod', template().spec),
    metadata: { name: 'p', namespace: 'x', labels: { 'istio.io/dataplane-mode': 'ambient' } },
  },
  object('batch/v1', 'Job', { completionMode: 'Indexed', completions: 2, template: template() }),
  object('batch/v1', 'CronJob', { jobTemplate: { spec: { template: template() } } }),
  object('ray.io/v1', 'RayCluster', {
    headGroupSpec: { template: template() },
    workerGroupSpecs: [{ groupName: 'g', template: template() }],
  }),
  object('argoproj.io/v1alpha1', 'Rollout', {
    template: template(),
    strategy: { canary: { canaryMetadata: { labels: { a: 'b' } } } },
  }),
  object('argoproj.io/v1alpha1', 'Workflow', {
    podMetadata: { labels: { a: 'b' } },
    templates: [{ metadata: { labels: { a: 'b' } }, container: { image: 'x' } }],
  }),
  object('jobset.x-k8s.io/v1alpha2', 'JobSet', {
    replicatedJobs: [{ name: 'r', template: { spec: { template: template() } } }],
  }),
  object('serving.kserve.io/v1beta1', 'InferenceService', { predictor: { model: { modelFormat: { name: 'x' } } } }),
  object('serving.knative.dev/v1', 'Service', { template: template() }),
  object('kubevirt.io/v1', 'VirtualMachine', { template: { metadata: { labels: { a: 'b' } } } }),
  object('sparkoperator.k8s.io/v1beta2', 'SparkApplication', { driver: { labels: { a: 'b' } } }),
  {
    ...object('v1', 'Pod', template().spec),
    metadata: {
      name: 'p',
      namespace: 'x',
      annotations: { 'dapr.io/enabled': 'true' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'r', controller: true }],
    },
    status: { podIP: '10.0.0.1', podIPs: [{ ip: '10.0.0.1' }] },
  },
  object('v1', 'Service', { selector: { a: 'b' }, ports: [{ port: 80, targetPort: 'http', protocol: 'TCP' }] }),
  { apiVersion: 'v1', kind: 'List', items: [object('v1', 'Pod', template().spec)] },
];

describe('reading', () => {
  it('goes on whatever stands in a field, in objects of every kind', () => {
    const tried = new Set<string>();
    for (const whole of OBJECTS) {
      for (const path of pathsOf(whole)) {
        const place = `${whole.apiVersion} ${whole.kind} ${path.map((key) => (typeof key === 'number' ? '*' : key)).join('.')}`;
        if (tried.has(place)) continue;
        tried.add(place);
        for (const junk of junkFor(tried.size)) {
          const reading = readManifests([replaced(whole, path, junk), POD]);
          planeOf(reading);
          expect(reading.world.workloads.map(({ id }) => id)).toContain('y/Pod/beside');
          for (const problem of [...reading.problems, ...reading.notes]) expect(raw(problemText(problem))).toBe('');
          for (const { id } of reading.world.workloads) expect(raw(id)).toBe('');
        }
      }
    }
    expect(tried.size).toBeGreaterThan(400);
  });

  it.each([
    ['templated', "'{{ .Release.Namespace }}'"],
    ['overlong', 'a'.repeat(64)],
  ])('goes on beside a %s namespace, and names file, line and field', (_, namespace) => {
    const text = (kind: string, spec: string) =>
      `apiVersion: ${kind}\nmetadata:\n  name: p\n  namespace: ${namespace}\nspec: ${spec}\n`;
    const documents = [
      text('networking.k8s.io/v1\nkind: NetworkPolicy', '{ podSelector: {} }'),
      text('cilium.io/v2\nkind: CiliumNetworkPolicy', '{ endpointSelector: {}, ingress: [{}] }'),
      text('projectcalico.org/v3\nkind: NetworkPolicy', '{ selector: all() }'),
      text('v1\nkind: Service', '{ ports: [{ port: 80 }] }'),
      dump(POD),
      text('v1\nkind: Pod', '{ hostNetwork: 0, containers: [{ ports: [{ containerPort: 0 }] }] }'),
    ];
    const { problems, world } = readText(documents.join('---\n'), 'chart.yaml');
    const lineOf = (document: number) => documents.slice(0, document).join('---\n').split('\n').length + 4;
    const places = problems.filter(({ rule }) => rule === 'namespace-name').map(({ where }) => where);
    expect(places.map((place) => /^chart\.yaml, document (\d)/.exec(String(place))?.[1])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '6',
    ]);
    expect(places[0]).toContain(`line ${lineOf(0)}: NetworkPolicy`);
    expect(places[0]).toMatch(/: metadata\.namespace$/);
    expect(problems.map(({ rule }) => rule)).toContain('port-number');
    expect(world.namespaces.map(({ name }) => name)).toEqual(['y']);
    expect(world.workloads.map(({ id }) => id)).toEqual(['y/Pod/beside']);
  });
});

describe('what lies beside manifests', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'beside-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, content: string): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  it.each<[string, string, string]>([
    [
      'kustomization.yaml',
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n',
      'kustomize build',
    ],
    ['sub/kustomization.yaml', 'resources: [a.yaml]\n', 'kustomize build'],
    ['values.yaml', 'kind: DaemonSet\nreplicas: 2\n', 'passed over'],
    ['values-prod.yaml', 'image: { tag: x }\n', 'passed over'],
    ['Chart.yaml', 'apiVersion: v2\nname: x\nversion: 1.0.0\n', 'passed over'],
    ['package.json', '{"name": "x", "version": "1.0.0"}', 'passed over'],
    ['numbers.json', '[1, 2]', 'passed over'],
    ['graph.json', '{"nodes": [], "edges": []}', 'passed over'],
  ])('%s is a note, and no loss', (path, content, said) => {
    write('a.yaml', dump(POD));
    const file = write(path, content);
    const reading = readFiles([folder]);
    expect(reading.problems).toEqual([]);
    expect(reading.notes).toMatchObject([{ rule: 'not-kubernetes', where: `${file}, document 1, line 1` }]);
    expect(problemText(reading.notes[0])).toContain(said);
    expect(reading.objects).toBe(1);
  });

  it('may be two kustomizations', () => {
    write('a/kustomization.yaml', 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n');
    write('b/kustomization.yaml', 'kind: Kustomization\napiVersion: kustomize.config.k8s.io/v1beta1\n');
    const { problems, notes } = readFiles([folder]);
    expect([problems.length, notes.length]).toEqual([0, 2]);
  });

  it.each<[string, string]>([
    ['an object that lost its apiVersion', 'kind: NetworkPolicy\nmetadata: { name: p }\nspec: {}\n'],
    ['an object whose kind has another case', 'apiVersion: networking.k8s.io/v1\nKind: NetworkPolicy\n'],
    ['a spec alone', 'spec: { podSelector: {} }\n'],
    ['a list of objects that is no List', '- apiVersion: v1\n  kind: Pod\n'],
    ['text, as a template may leave it', 'Thank you for installing\n'],
  ])('is none of these: %s', (_, text) => {
    const { problems, notes } = readText(text, 'a.yaml');
    expect(problems.map(({ rule }) => rule)).toEqual(['not-kubernetes']);
    expect(notes).toEqual([]);
  });

  it('is not an object that is there twice, the same both times; one that differs is a problem where its kind bears on traffic', () => {
    const map = (a: string) => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a } });
    const same = readManifests([map('1'), map('1')]);
    expect(same.problems).toEqual([]);
    expect(same.notes.map(({ rule, where }) => [rule, where])).toEqual([['duplicate-object', 'ConfigMap default/c']]);
    const otherMap = readManifests([map('1'), map('2')]);
    expect([otherMap.problems, otherMap.notes.map(({ rule }) => rule)]).toEqual([[], ['duplicate-object']]);
    const service = (app: string) => ({ ...map(''), kind: 'Service', spec: { selector: { app } } });
    const other = readManifests([service('1'), service('2')]);
    expect(other.problems.map(({ rule }) => rule)).toEqual(['duplicate-object']);
    expect(other.notes).toEqual([]);
  });
});

describe('a NetworkPolicy as a cluster exports it', () => {
  it('may have a status, which is no loss', () => {
    const policy = object('networking.k8s.io/v1', 'NetworkPolicy', { podSelector: {} });
    const reading = readManifests([{ ...policy, status: {} }]);
    expect(reading.problems).toEqual([]);
    expect(reading.isolations).toHaveLength(1);
  });
});

const POD = { ...object('v1', 'Pod', { containers: [{ name: 'c' }] }), metadata: { name: 'beside', namespace: 'y' } };

function object(apiVersion: string, kind: string, spec: unknown): Json {
  return { apiVersion, kind, metadata: { name: 'p', namespace: 'x', labels: { a: 'b' } }, spec };
}

function template() {
  const ports = [{ name: 'http', containerPort: 80, protocol: 'TCP' }];
  return {
    metadata: { labels: { app: 'a' }, annotations: { 'linkerd.io/inject': 'enabled' } },
    spec: {
      hostNetwork: false,
      containers: [{ name: 'c', ports }],
      initContainers: [{ name: 'i', restartPolicy: 'Always', ports }],
    },
  };
}

/** Some for each field, and all of them every few fields: all for each would take half a minute. */
function junkFor(turn: number): readonly unknown[] {
  return JUNK.filter((_, i) => (i + turn) % 4 === 0);
}

type Path = readonly (string | number)[];

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries: [string | number, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...entries.flatMap(([key, part]) => pathsOf(part, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, junk: unknown): unknown {
  if (key === undefined) return junk;
  if (Array.isArray(value)) return value.map((part, i) => (i === key ? replaced(part, rest, junk) : part));
  return { ...(value as Json), [key]: replaced((value as Json)[key], rest, junk) };
}

/** Characters that a terminal would obey. */
function raw(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are looked for.
  return (text.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/g) ?? []).join('');
}
