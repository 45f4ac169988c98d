import {
  isKnownWorkload,
  mentionedNamespace,
  readByShape,
  readKnownWorkload,
  readNamespace,
  readService,
} from '../../lib/kinds/core';
import { Field, type FieldProblem, pathText } from '../../lib/kinds/field';

function reading<T>(value: unknown, read: (top: Field) => T): { readonly read: T; readonly wrong: string[] } {
  const problems: FieldProblem[] = [];
  const result = read(Field.top(value, problems));
  for (const problem of problems)
    expect(problem).toMatchObject({ what: expect.any(String), allowed: expect.any(String) });
  return { read: result, wrong: problems.map(({ path, rule }) => `${pathText(path)} ${rule}`) };
}

const podSpec = (...containers: object[]) => ({ containers: containers.length > 0 ? containers : [{ name: 'main' }] });

describe('a Namespace', () => {
  it('has its labels and the one that the API server sets', () => {
    const metadata = { name: 'own', labels: { team: 'a', 'kubernetes.io/metadata.name': 'x' } };
    expect(reading({ metadata }, readNamespace)).toEqual({
      read: { name: 'own', labels: { team: 'a', 'kubernetes.io/metadata.name': 'own' } },
      wrong: [],
    });
    expect(mentionedNamespace('own')).toEqual({
      name: 'own',
      labels: { 'kubernetes.io/metadata.name': 'own' },
      isMentioned: true,
    });
  });

  it('is refused for a name that objects may have and namespaces may not, and once for no name', () => {
    expect(reading({ metadata: { name: 'a.b' } }, readNamespace).wrong).toEqual(['metadata.name namespace-name']);
    expect(reading({ metadata: {} }, readNamespace).wrong).toEqual(['metadata.name object-name']);
  });
});

describe('a Service', () => {
  const service = (spec: object) =>
    reading({ metadata: { name: 's', namespace: 'own' }, spec }, (top) => readService(top, 'default'));

  it('has its selector, and ports of pods: by number, by name, or its own', () => {
    const { read, wrong } = service({
      selector: { app: 'web' },
      ports: [
        { port: 80 },
        { port: 81, targetPort: 8081, protocol: 'UDP' },
        { port: 82, targetPort: 'http' },
        { port: 83, targetPort: 0 },
        { port: 84, targetPort: '' },
        { port: 85, targetPort: null, protocol: null },
      ],
    });
    expect(wrong).toEqual([]);
    expect(read).toEqual({
      namespace: 'own',
      name: 's',
      selector: { app: 'web' },
      ports: [
        { protocol: 'TCP', port: 80, targetPort: 80 },
        { protocol: 'UDP', port: 81, targetPort: 8081 },
        { protocol: 'TCP', port: 82, targetPort: 'http' },
        { protocol: 'TCP', port: 83, targetPort: 83 },
        { protocol: 'TCP', port: 84, targetPort: 84 },
        { protocol: 'TCP', port: 85, targetPort: 85 },
      ],
    });
  });

  it('is refused for ports and protocols that are none', () => {
    expect(
      service({ ports: [{ port: 0 }, { port: 80, targetPort: 65536 }, { port: 80, protocol: 'ICMP' }] }).wrong,
    ).toEqual([
      'spec.ports[0].port port-number',
      'spec.ports[1].targetPort port-number',
      'spec.ports[2].protocol port-protocol',
    ]);
  });
});

describe('a kind whose template Kubernetes runs', () => {
  it('is told by group and kind together', () => {
    expect(isKnownWorkload('apps', 'Deployment')).toBe(true);
    expect(isKnownWorkload('', 'Pod')).toBe(true);
    expect(isKnownWorkload('batch', 'CronJob')).toBe(true);
    expect(isKnownWorkload('example.com', 'Deployment')).toBe(false);
    expect(isKnownWorkload('apps', 'Rollout')).toBe(false);
    expect(isKnownWorkload('apps', 'toString')).toBe(false);
  });

  it.each<[string, (template: object) => object]>([
    ['Pod', (template) => template],
    ['ReplicationController', (template) => ({ spec: { template } })],
    ['Deployment', (template) => ({ spec: { template } })],
    ['StatefulSet', (template) => ({ spec: { template } })],
    ['DaemonSet', (template) => ({ spec: { template } })],
    ['ReplicaSet', (template) => ({ spec: { template } })],
    ['Job', (template) => ({ spec: { template } })],
    ['CronJob', (template) => ({ spec: { jobTemplate: { spec: { template } } } })],
  ])('%s has it at its own place', (kind, around) => {
    const object = around({ metadata: { labels: { app: 'web' } }, spec: podSpec() });
    expect(reading(object, (top) => readKnownWorkload(kind, top))).toMatchObject({
      read: [{ labels: { app: 'web' }, ports: [], hostNetwork: false, addresses: [] }],
      wrong: [],
    });
  });

  it('is refused without one', () => {
    expect(reading({ spec: {} }, (top) => readKnownWorkload('Deployment', top))).toEqual({
      read: [],
      wrong: ['spec.template pod-template'],
    });
  });
});

describe('a pod', () => {
  const pod = (spec: object, status?: object) =>
    reading({ metadata: {}, spec, ...(status && { status }) }, (top) => readKnownWorkload('Pod', top)[0]);

  it('has the ports of its containers and of sidecars that stay, and the names of those that end', () => {
    const { read, wrong } = pod({
      containers: [
        {
          name: 'a',
          ports: [
            { name: 'http', containerPort: 80 },
            { name: '', containerPort: 81 },
          ],
        },
      ],
      initContainers: [
        { name: 'b', restartPolicy: 'Always', ports: [{ containerPort: 53, protocol: 'UDP' }] },
        { name: 'c', ports: [{ containerPort: 82 }, { name: 'setup', containerPort: 84 }] },
        { name: 'd', restartPolicy: 'OnFailure', ports: [{ containerPort: 83 }] },
      ],
    });
    expect(wrong).toEqual([]);
    expect(read.ports).toStrictEqual([
      { name: 'http', protocol: 'TCP', number: 80 },
      { protocol: 'TCP', number: 81 },
      { protocol: 'UDP', number: 53, of: 'sidecar' },
      { name: 'setup', protocol: 'TCP', number: 84, of: 'init' },
    ]);
  });

  it('is on the host network only where it says true', () => {
    expect(pod({ ...podSpec(), hostNetwork: true }).read.hostNetwork).toBe(true);
    for (const hostNetwork of [false, null, 'true']) {
      expect(pod({ ...podSpec(), hostNetwork }).read.hostNetwork).toBe(false);
    }
  });

  it('has the addresses of its status, sorted and each once; the single one where there is no list', () => {
    const addresses = (status: object) => pod(podSpec(), status).read.addresses;
    expect(
      addresses({ podIP: '10.0.0.2', podIPs: [{ ip: '10.0.0.2' }, { ip: '10.0.0.1' }, { ip: '10.0.0.1' }] }),
    ).toEqual(['10.0.0.1', '10.0.0.2']);
    expect(addresses({ podIP: '10.0.0.2' })).toEqual(['10.0.0.2']);
    expect(addresses({ podIP: '', podIPs: [] })).toEqual([]);
    expect(addresses({ podIP: '10.0.0.9', podIPs: [{ ip: '10.0.0.2' }] })).toEqual(['10.0.0.2']);
  });

  it('is refused for addresses and ports that are none', () => {
    expect(pod(podSpec(), { podIP: '10.0.0.256' })).toMatchObject({
      read: { addresses: [] },
      wrong: ['status.podIP ip-address'],
    });
    expect(pod(podSpec({ name: 'a', ports: [{ containerPort: 0, protocol: 'tcp' }] })).wrong).toEqual([
      'spec.containers[0].ports[0].protocol port-protocol',
      'spec.containers[0].ports[0].containerPort port-number',
    ]);
  });
});

describe('an object of any other kind', () => {
  const found = (spec: unknown) => reading({ spec }, readByShape);
  const labelled = (app: string) => ({ metadata: { labels: { app } }, spec: podSpec() });
  const apps = (spec: unknown) => found(spec).read.map(({ labels }) => labels.app);

  it('runs the pods of every template in it, in their order', () => {
    expect(
      apps({ head: { template: labelled('head') }, workers: [{ template: labelled('one') }, labelled('two')] }),
    ).toEqual(['head', 'one', 'two']);
  });

  it('runs the pods of a spec that labels itself: with containers, or with a model', () => {
    expect(apps({ predictor: { labels: { app: 'c' }, containers: [{ image: 'x' }] } })).toEqual(['c']);
    expect(apps({ predictor: { labels: { app: 'm' }, model: { modelFormat: { name: 'onnx' } } } })).toEqual(['m']);
    expect(apps({ predictor: { labels: { app: 'm' }, model: {} } })).toEqual([]);
    expect(apps({ predictor: { labels: { app: 'm' }, model: 'name' } })).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['no containers', []],
    ['a pattern for names', [{ name: '*' }]],
    ['a name with a dash at its end', [{ name: 'a-' }]],
    ['a name that is no text', [{ name: 5, image: 'x' }]],
    ['neither name nor image', [{}]],
    ['what is no object', ['a']],
    ['one container that is none', [{ name: 'a' }, { name: 'A' }]],
    ['an object for a list', { name: 'a' }],
  ])('runs none for %s', (_, containers) => {
    expect(found({ template: { spec: { containers } } })).toEqual({ read: [], wrong: [] });
  });

  it('may have names of one letter, and of many with dashes', () => {
    expect(
      apps({ template: { metadata: { labels: { app: 'a' } }, spec: podSpec({ name: 'a' }, { name: 'a-0' }) } }),
    ).toEqual(['a']);
  });

  it('that holds itself is given up, and not searched for ever', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.again = cyclic;
    expect(found(cyclic)).toEqual({ read: [], wrong: [] });
  });
});
