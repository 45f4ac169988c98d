import { type ManifestReading, readManifests } from '../../lib/analysis';
import { podSetText } from '../../lib/model/pod-set';

type Json = Readonly<Record<string, unknown>>;

const namespace = (more: Json): Json => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'x', ...more } });
const pod = (more: Json): Json => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'x', ...more },
  spec: { containers: [] },
});

function read(...objects: readonly Json[]): ManifestReading {
  const reading = readManifests(objects, { sourceOf: (index) => `${index}.yaml` });
  expect(reading.problems).toEqual([]);
  return reading;
}

const inDoubt = (...objects: readonly Json[]) =>
  read(...objects).unread.map(({ subject, effect, problem }) => [podSetText(subject), effect, problem.rule]);

describe('what is read beside policies and may bear on connections', () => {
  it('is a mesh that a namespace or a pod is in', () => {
    const labels = { 'istio.io/dataplane-mode': 'ambient' };
    expect(inDoubt(namespace({ labels }))).toEqual([[expect.stringMatching(/^x\//), 'closes', 'ambient-mesh']]);
    expect(inDoubt(pod({ labels }))).toEqual([[expect.stringMatching(/^x\/{.*ambient}/), 'closes', 'ambient-mesh']]);
    expect(inDoubt(namespace({}), pod({}))).toEqual([]);
  });

  it('is a network of its own that a namespace has', () => {
    const labels = { 'k8s.ovn.org/primary-user-defined-network': '' };
    expect(inDoubt(namespace({ labels }))).toEqual([['x/{*}', 'both', 'other-network']]);
  });

  it('is what the controller of an object writes, where that is known, with where the object was read', () => {
    const cluster: Json = {
      apiVersion: 'ray.io/v1',
      kind: 'RayCluster',
      metadata: { name: 'ray', namespace: 'x' },
      spec: { networkPolicy: {}, headGroupSpec: { template: { spec: { containers: [] } } } },
    };
    const { rules, isolations, unread } = read(namespace({}), cluster);
    expect(isolations.length).toBeGreaterThan(0);
    for (const { isUncertain, doubt, policy } of [...rules, ...isolations]) {
      expect([isUncertain, doubt?.rule, policy.source]).toEqual([true, 'writes-policies', '1.yaml']);
    }
    expect(unread).toEqual([]);
  });
});

describe('an object that is a hook', () => {
  const annotations = { 'helm.sh/hook': 'test' };
  const notes = (object: Json) => read(object).notes.map(({ where, what }) => `${where}: ${what}`);

  it('is noted with what it takes with it', () => {
    expect(notes(namespace({ annotations }))).toEqual([
      expect.stringMatching(/^0.yaml: Namespace x: .* so that the namespace may be there only for a while/),
    ]);
    expect(notes(pod({ annotations }))).toEqual([
      expect.stringMatching(/^0.yaml: Pod x\/p: .* so that its pods are there only for a while/),
    ]);
  });

  it('is not noted where no pod and no namespace goes with it', () => {
    expect(
      notes({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', namespace: 'x', annotations } }),
    ).toEqual([]);
    expect(notes(pod({}))).toEqual([]);
  });
});
