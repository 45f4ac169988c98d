import { type PlaneOptions, planeOf, readManifests } from '../../lib/analysis';

type Json = Readonly<Record<string, unknown>>;

describe('the plane of manifests', () => {
  it('is that of NetworkPolicy alone where there is nothing else, and leaves open whether blocks mean pods', () => {
    const { engine, plane, problems } = read([networkPolicy()]);
    expect([engine, plane.ipBlockMode, problems]).toEqual(['kubernetes', 'may', []]);
  });

  it.each<[string, readonly Json[], string, string]>([
    ["Calico's kinds", [calicoPolicy()], 'calico', 'pods'],
    ["Antrea's kinds", [antreaPolicy()], 'antrea', 'pods'],
    ['ClusterNetworkPolicy alone', [clusterPolicy()], 'cluster-network-policy', 'may'],
    [
      'ClusterNetworkPolicy beside kinds of an engine that also has it',
      [clusterPolicy(), calicoPolicy()],
      'calico',
      'pods',
    ],
  ])('is that of the engine whose kinds are there: %s', (_, objects, engine, mode) => {
    const found = read([networkPolicy(), ...objects]);
    expect([found.engine, found.plane.ipBlockMode, found.problems]).toEqual([engine, mode, []]);
    const kinds = found.plane.layers.flatMap(({ rules }) => rules.map(({ policy }) => policy.kind));
    expect(new Set(kinds)).toEqual(new Set(['NetworkPolicy', ...objects.map(({ kind }) => kind)]));
  });

  it('is that of the engine that is told, with its mode', () => {
    const { engine, plane } = read([networkPolicy()], { engine: 'antrea', ipBlockMode: 'may' });
    expect([engine, plane.ipBlockMode]).toEqual(['antrea', 'may']);
  });

  it('is not to be relied on where kinds are there that no one engine enforces', () => {
    const { problems } = read([calicoPolicy(), antreaPolicy()]);
    expect(problems.map(({ rule }) => rule)).toEqual(['engine-mixed']);
    expect(problems[0].what).toBe(
      'NetworkPolicy default/calico of projectcalico.org is enforced by Calico, and NetworkPolicy default/antrea of crd.antrea.io by Antrea, so that no cluster enforces both',
    );
  });

  it('is not to be relied on where the engine that is told does not enforce what is there', () => {
    const problems = (options: PlaneOptions) => read([clusterPolicy()], options).problems.map(({ rule }) => rule);
    expect(problems({ engine: 'kubernetes' })).toEqual(['engine-not-enforced']);
    expect(problems({ engine: 'calico', version: '3.31' })).toEqual(['engine-not-enforced']);
    expect(problems({ engine: 'calico', version: '3.32' })).toEqual([]);
  });

  it('is that of the platform that is told, where it has kinds of its own', () => {
    const told = { engine: 'kubernetes', version: '1.31' } as const;
    const { plane, problems } = read([adminPolicy()], { ...told, platform: 'OpenShift' });
    expect(problems).toEqual([]);
    expect(plane.layers.flatMap(({ rules }) => rules.map(({ policy }) => policy.kind))).toEqual(['AdminNetworkPolicy']);
    expect(read([adminPolicy()], told).problems.map(({ rule }) => rule)).toEqual(['engine-not-enforced']);
  });

  it('is in doubt where policies of a former generation are told to be enforced, and not where they show what is', () => {
    const isUncertain = (options?: PlaneOptions) =>
      read([adminPolicy()], options).plane.layers.flatMap(({ rules }) =>
        rules.map((rule) => rule.isUncertain ?? false),
      );
    expect(isUncertain()).toEqual([false]);
    expect(isUncertain({ engine: 'cluster-network-policy' })).toEqual([true]);
  });

  it('is that of the first engine where several kinds of it are there', () => {
    const objects = [
      calicoPolicy(),
      { ...calicoPolicy(), metadata: { name: 'other' } },
      clusterPolicy(),
      antreaPolicy(),
    ];
    const { engine, problems } = read(objects);
    expect([engine, problems.map(({ rule }) => rule)]).toEqual(['calico', ['engine-mixed']]);
  });

  it('passes on what the engine finds undefined in the policies together', () => {
    const { problems } = read([{ ...calicoPolicy({ tier: 'unheard-of' }) }]);
    expect(problems.map(({ rule }) => rule)).toEqual(['calico-tier']);
  });
});

function read(objects: readonly Json[], options?: PlaneOptions) {
  const reading = readManifests(objects);
  expect(reading.problems).toEqual([]);
  return planeOf(reading, options);
}

function networkPolicy(): Json {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'kubernetes' },
    spec: { podSelector: {}, ingress: [{}] },
  };
}

function calicoPolicy(spec: Json = {}): Json {
  return {
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    metadata: { name: 'calico' },
    spec: { selector: 'all()', types: ['Ingress'], ingress: [{ action: 'Deny' }], ...spec },
  };
}

function antreaPolicy(): Json {
  return {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'NetworkPolicy',
    metadata: { name: 'antrea' },
    spec: { priority: 5, appliedTo: [{ podSelector: {} }], ingress: [{ action: 'Drop', from: [{ podSelector: {} }] }] },
  };
}

function clusterPolicy(): Json {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha2',
    kind: 'ClusterNetworkPolicy',
    metadata: { name: 'cluster' },
    spec: {
      tier: 'Admin',
      priority: 10,
      subject: { namespaces: {} },
      ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
    },
  };
}

function adminPolicy(): Json {
  return {
    apiVersion: 'policy.networking.k8s.io/v1alpha1',
    kind: 'AdminNetworkPolicy',
    metadata: { name: 'admin' },
    spec: { priority: 10, subject: { namespaces: {} }, ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }] },
  };
}
