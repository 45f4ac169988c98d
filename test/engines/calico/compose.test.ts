import { calico } from '../../../lib/engines/calico/engine';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import { clusterNetworkPolicyReader } from '../../../lib/kinds/policy.networking.k8s.io';
import type { Plane } from '../../../lib/model/layer';
import { type Connection, type PodEnd, passes } from '../decide';
import { type Json, readAll } from './calico';

/** Verdicts that Calico's sources state, each with its place there: nothing outside judged them here. */

function pod(name: string, ip: string, labels: Record<string, string> = {}, namespace = 'default'): PodEnd {
  return {
    namespaceLabels: { 'kubernetes.io/metadata.name': namespace },
    labels: { name, ...labels },
    ip,
    ports: [{ name: 'http', protocol: 'TCP', number: 8080 }],
  };
}

interface Manifests {
  readonly calico?: readonly object[];
  readonly kubernetes?: readonly object[];
  readonly cluster?: readonly object[];
}

function planeOf(manifests: Manifests, version = '3.32'): Plane {
  const own = (manifests.kubernetes ?? []).map((object) => readNetworkPolicy(object));
  const others = [
    ...readAll(manifests.calico ?? []),
    ...(manifests.cluster ?? []).map((object) => clusterNetworkPolicyReader.read(object)),
  ];
  expect([...own, ...others].flatMap(({ problems }) => problems)).toEqual([]);
  return calico.compose(
    { rules: own.flatMap((it) => it.rules), isolations: own.flatMap((it) => it.isolations), others },
    { version, ipBlockMode: 'pods' },
  );
}

function object(kind: string, name: string, spec: Json): object {
  const isClusterWide = kind.includes('Global') || kind === 'Tier';
  return {
    apiVersion: 'projectcalico.org/v3',
    kind,
    metadata: { name, ...(isClusterWide ? {} : { namespace: 'default' }) },
    spec,
  };
}

const global = (name: string, spec: Json) => object('GlobalNetworkPolicy', name, spec);
const tier = (name: string, spec: Json) => object('Tier', name, spec);

function networkPolicy(name: string, spec: Json): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'default' }, spec };
}

const tcp = (from: Connection['from'], to: Connection['to'], port = 8055): Connection => ({
  from,
  to,
  protocol: 'TCP',
  port,
});

describe('tiers as felix/fv/tiered_policy_test.go has them', () => {
  const ep11 = pod('ep1-1', '10.65.0.0');
  const ep21 = pod('ep2-1', '10.65.1.0');
  const ep22 = pod('ep2-2', '10.65.1.1');
  const ep23 = pod('ep2-3', '10.65.1.2');
  const ep24 = pod('ep2-4', '10.65.1.3');

  const named = (...ends: PodEnd[]) => `name in {${ends.map(({ labels }) => `'${labels.name}'`).join(', ')}}`;
  // The rules of the source name pods by a selector alone, which here must say that pods are meant.
  const only = (end: PodEnd) => ({ selector: named(end), namespaceSelector: 'all()' });
  const both = ['Ingress', 'Egress'];

  function manifests(tier1: Json): object[] {
    return [
      tier('tier1', { order: 1, ...tier1 }),
      tier('tier2', { order: 2, defaultAction: 'Deny' }),
      global('default.ep1-1-allow-all', {
        order: 1,
        tier: 'default',
        selector: named(ep11),
        types: both,
        egress: [{ action: 'Allow' }],
        ingress: [{ action: 'Allow' }],
      }),
      global('tier1.ep2-4', {
        order: 1,
        tier: 'tier1',
        selector: named(ep24),
        types: both,
        ingress: [{ action: 'Allow', source: only(ep21) }],
        egress: [{ action: 'Allow', destination: only(ep21) }],
      }),
      object('NetworkPolicy', 'tier1.np1-1', {
        order: 1,
        tier: 'tier1',
        selector: named(ep21, ep22),
        types: both,
        egress: [
          { action: 'Pass', source: { selector: named(ep21) } },
          { action: 'Deny', source: { selector: named(ep22) } },
        ],
        ingress: [
          { action: 'Allow', destination: { selector: named(ep21) } },
          { action: 'Pass', destination: { selector: named(ep22) } },
        ],
      }),
      object('StagedNetworkPolicy', 'tier2.np2-1', {
        order: 1,
        tier: 'tier2',
        selector: named(ep21),
        types: ['Egress'],
        egress: [{ action: 'Allow' }],
      }),
      global('tier2.gnp2-2', {
        order: 2,
        tier: 'tier2',
        selector: named(ep23),
        types: ['Egress'],
        egress: [{ action: 'Deny' }],
      }),
      object('StagedGlobalNetworkPolicy', 'tier2.gnp2-2', {
        order: 2,
        tier: 'tier2',
        selector: named(ep23),
        types: ['Ingress'],
      }),
      object('StagedNetworkPolicy', 'tier2.np2-3', {
        order: 3,
        tier: 'tier2',
        selector: named(ep22, ep23),
        types: ['Ingress'],
        ingress: [
          { action: 'Allow', destination: { selector: named(ep22) } },
          { action: 'Deny', destination: { selector: named(ep23) } },
        ],
      }),
      object('NetworkPolicy', 'tier2.np2-4', {
        order: 3,
        tier: 'tier2',
        selector: named(ep23),
        types: ['Ingress'],
        ingress: [{ action: 'Deny' }],
      }),
      ...Array.from({ length: 9 }, (_, i) =>
        object('StagedKubernetesNetworkPolicy', `knp3-${i + 1}`, {
          podSelector: { matchLabels: { name: 'ep2-1' } },
          policyTypes: ['Egress'],
        }),
      ),
      object('StagedNetworkPolicy', 'default.np3-2', {
        order: 1,
        selector: named(ep22),
        types: ['Ingress'],
        ingress: [{ action: 'Allow' }],
      }),
      object('NetworkPolicy', 'default.np3-3', {
        order: 2,
        tier: 'default',
        selector: named(ep22),
        types: ['Ingress'],
        ingress: [{ action: 'Allow' }],
      }),
      object('StagedNetworkPolicy', 'default.np3-4', {
        order: 3,
        selector: named(ep22),
        types: ['Ingress'],
        ingress: [{ action: 'Allow' }],
      }),
    ];
  }

  it.each<[string, PodEnd, PodEnd, boolean]>([
    ['allowed by np1-1', ep11, ep21, true],
    ['allowed by np3-3', ep11, ep22, true],
    ['denied by np2-4', ep11, ep23, false],
    ['allowed by profile', ep21, ep11, true],
    ['denied by np1-1', ep22, ep11, false],
    ['denied by gnp2-2', ep23, ep11, false],
    ['denied by the end of tier1, ingress', ep11, ep24, false],
    ['denied by the end of tier1, egress', ep24, ep11, false],
  ])('trap 12: %s', (_, from, to, expected) => {
    expect(passes(planeOf({ calico: manifests({}) }), tcp(from, to))).toBe(expected);
    expect(passes(planeOf({ calico: manifests({ defaultAction: 'Deny' }) }, '3.30'), tcp(from, to))).toBe(expected);
  });

  it('goes on where the default action of tier1 is Pass', () => {
    const plane = planeOf({ calico: manifests({ defaultAction: 'Pass' }) });
    expect([passes(plane, tcp(ep11, ep24)), passes(plane, tcp(ep24, ep11))]).toEqual([true, true]);
  });
});

describe('the order of policies of Calico', () => {
  const client = pod('client', '10.65.0.1');
  const server = pod('server', '10.65.0.2');
  const ask = tcp(client, server, 8080);
  const decide = (action: string, more: Json = {}) => ({
    types: ['Ingress'],
    selector: 'all()',
    ingress: [{ action }],
    ...more,
  });
  const opened = networkPolicy('open', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
  const closed = networkPolicy('closed', { podSelector: {}, policyTypes: ['Ingress'] });

  // docs.tigera.io/calico, "Global network policy": order, then name; "Tier": order of tiers; felix/calc/policy_sorter.go,
  // `PolKVLess`, `TierLess`; libcalico-go/lib/backend/k8s/conversion, `K8sNetworkPolicyToCalico`: order 1000.
  it.each<[string, Manifests, boolean]>([
    ['without any policy everything passes', {}, true],
    [
      'the lower order decides',
      { calico: [global('a', decide('Deny', { order: 2 })), global('b', decide('Allow', { order: 1 }))] },
      true,
    ],
    [
      'no order is last',
      { calico: [global('a', decide('Allow')), global('b', decide('Deny', { order: 1e9 }))] },
      false,
    ],
    [
      'a negative order is before 0',
      { calico: [global('a', decide('Allow', { order: 0 })), global('b', decide('Deny', { order: -1 }))] },
      false,
    ],
    ['of one order the name decides', { calico: [global('b', decide('Allow')), global('a', decide('Deny'))] }, false],
    [
      'rules decide as they stand',
      {
        calico: [
          global('a', { types: ['Ingress'], ingress: [{ action: 'Allow', protocol: 'TCP' }, { action: 'Deny' }] }),
        ],
      },
      true,
    ],
    [
      'Log decides nothing, and what follows it does',
      { calico: [global('a', { types: ['Ingress'], ingress: [{ action: 'Log' }, { action: 'Allow' }] })] },
      true,
    ],
    ['trap 12: Log alone is denied at the end of the tier', { calico: [global('a', decide('Log'))] }, false],
    [
      'Pass in the last tier that applies goes on to the profile',
      { calico: [global('a', decide('Pass')), global('b', decide('Deny'))] },
      true,
    ],
    ['a policy without rules denies', { calico: [global('a', { types: ['Ingress'], selector: 'all()' })] }, false],
    [
      'of one direction it denies no other',
      { calico: [global('a', { types: ['Egress'], selector: "name == 'server'" })] },
      true,
    ],
    [
      'whom a tier does not select it does not deny',
      { calico: [global('a', { types: ['Ingress'], selector: "name == 'other'" })] },
      true,
    ],
    [
      'NetworkPolicies are in the default tier',
      { kubernetes: [opened], calico: [global('a', { types: ['Ingress'], selector: 'all()' })] },
      true,
    ],
    [
      'NetworkPolicies isolate there',
      { kubernetes: [closed], calico: [global('a', decide('Pass', { order: 2000, selector: "name == 'x'" }))] },
      false,
    ],
    [
      'an order below 1000 is before NetworkPolicies',
      { kubernetes: [opened], calico: [global('a', decide('Deny', { order: 999 }))] },
      false,
    ],
    [
      'an order above 1000 is after them',
      { kubernetes: [opened], calico: [global('a', decide('Deny', { order: 1001 }))] },
      true,
    ],
    [
      'Pass before NetworkPolicies leaves them out',
      { kubernetes: [closed], calico: [global('a', decide('Pass', { order: 1 }))] },
      true,
    ],
    [
      'kube-admin is before default',
      { kubernetes: [opened], calico: [global('kube-admin.a', decide('Deny', { tier: 'kube-admin' }))] },
      false,
    ],
    [
      'what kube-admin does not decide goes on',
      { kubernetes: [opened], calico: [global('kube-admin.a', decide('Deny', { tier: 'kube-admin', ingress: [] }))] },
      true,
    ],
    [
      'kube-baseline is after default, for whom that does not select',
      { calico: [global('kube-baseline.a', decide('Deny', { tier: 'kube-baseline' }))] },
      false,
    ],
    [
      'kube-baseline is not asked about whom default selects',
      { kubernetes: [opened], calico: [global('kube-baseline.a', decide('Deny', { tier: 'kube-baseline' }))] },
      true,
    ],
    [
      'tiers of one order are asked by name',
      {
        calico: [
          tier('b', { order: 5 }),
          tier('a', { order: 5 }),
          global('b.x', decide('Allow', { tier: 'b' })),
          global('a.x', decide('Deny', { tier: 'a' })),
        ],
      },
      false,
    ],
    [
      'a tier without an order is last',
      {
        kubernetes: [opened],
        calico: [tier('late', {}), global('late.x', decide('Deny', { tier: 'late' }))],
      },
      true,
    ],
    ['staged policies decide nothing', { calico: [object('StagedGlobalNetworkPolicy', 'a', decide('Deny'))] }, true],
  ])('%s', (_, manifests, expected) => {
    const plane = planeOf(manifests);
    expect(plane.problems).toBeUndefined();
    expect(passes(plane, ask)).toBe(expected);
  });

  it('by name is by name before namespace from 3.32 on, and by the name with its prefix before', () => {
    // Of a policy of Calico and a NetworkPolicy at one order (felix/calc/policy_sorter.go of v3.31.7 and v3.32.1).
    const first = networkPolicy('a', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] });
    const second = object('NetworkPolicy', 'b', decide('Deny', { order: 1000 }));
    expect(passes(planeOf({ kubernetes: [first], calico: [second] }, '3.32'), ask)).toBe(true);
    expect(passes(planeOf({ kubernetes: [first], calico: [second] }, '3.31'), ask)).toBe(false);
  });

  it('has ClusterNetworkPolicy in its own tiers from 3.32 on, and leaves it out before', () => {
    const deny = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'deny' },
      spec: {
        tier: 'Admin',
        priority: 10,
        subject: { namespaces: {} },
        ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
      },
    };
    const before = global('kube-admin.a', decide('Allow', { tier: 'kube-admin', order: 9 }));
    const after = global('kube-admin.a', decide('Allow', { tier: 'kube-admin', order: 11 }));
    expect(passes(planeOf({ cluster: [deny] }), ask)).toBe(false);
    expect(passes(planeOf({ cluster: [deny], calico: [before] }), ask)).toBe(true);
    expect(passes(planeOf({ cluster: [deny], calico: [after] }), ask)).toBe(false);
    expect(passes(planeOf({ cluster: [deny] }, '3.31'), ask)).toBe(true);
    expect(calico.kinds('3.31')).not.toContain('policy.networking.k8s.io/ClusterNetworkPolicy');
    expect(calico.kinds('3.32')).toContain('policy.networking.k8s.io/ClusterNetworkPolicy');
  });

  it('is not known for a tier of which nothing says where it stands', () => {
    const plane = planeOf({ calico: [global('security.a', decide('Deny', { tier: 'security' }))] });
    expect(plane.problems?.map(({ rule, value }) => [rule, value])).toEqual([['calico-tier', 'security']]);
    expect(
      planeOf({ calico: [tier('security', { order: 1 }), global('security.a', decide('Deny', { tier: 'security' }))] })
        .problems,
    ).toBeUndefined();
  });
});

describe('what a rule of Calico matches', () => {
  const client = pod('client', '10.65.0.1', {}, 'other');
  const server = pod('server', '10.65.0.2');
  const outside = { ip: '192.0.2.7' };
  const opens = (
    rule: Json,
    from: Connection['from'] = client,
    port = 8080,
    protocol: Connection['protocol'] = 'TCP',
  ) =>
    passes(
      planeOf({
        calico: [object('NetworkPolicy', 'a', { types: ['Ingress'], ingress: [{ action: 'Allow', ...rule }] })],
      }),
      { from, to: server, protocol, port },
    );

  // libcalico-go/lib/backend/syncersv1/updateprocessors/rules_test.go; docs.tigera.io/calico, "Network policy", EntityRule.
  it.each<[string, boolean, boolean]>([
    ['a selector alone is of the own namespace', opens({ source: { selector: 'all()' } }), false],
    ['a namespaceSelector reaches others', opens({ source: { namespaceSelector: 'all()' } }), true],
    ['a namespace by name', opens({ source: { namespaceSelector: "projectcalico.org/name == 'other'" } }), true],
    ['both must hold', opens({ source: { namespaceSelector: 'all()', selector: "name == 'x'" } }), false],
    ['nets match pods by their addresses', opens({ source: { nets: ['10.65.0.0/24'] } }), true],
    ['notNets take addresses away', opens({ source: { nets: ['10.65.0.0/24'], notNets: ['10.65.0.1/32'] } }), false],
    ['a selector holds for nobody outside', opens({ source: { namespaceSelector: 'all()' } }, outside), false],
    ['no source is everybody', opens({}, outside), true],
    ['a range has both its ends', opens({ protocol: 'TCP', destination: { ports: ['8080:8090'] } }), true],
    ['a name is the port that the pod gives it', opens({ protocol: 'TCP', destination: { ports: ['http'] } }), true],
    [
      'a name is of its protocol',
      opens({ protocol: 'UDP', destination: { ports: ['http'] } }, client, 8080, 'UDP'),
      false,
    ],
    ['SCTP is a protocol', opens({ protocol: 'SCTP' }, client, 8080, 'SCTP'), true],
    ['a protocol is no other', opens({ protocol: 'SCTP' }), false],
  ])('%s', (_, actual, expected) => {
    expect(actual).toBe(expected);
  });

  // app-policy/checker/match_test.go, `TestMatchHTTPPaths` and `TestMatchHTTPMethods`.
  it.each<[string, Json, string, string, boolean]>([
    ['exact', { paths: [{ exact: '/foo' }] }, 'GET', '/foo', true],
    ['exact, another path', { paths: [{ exact: '/foo' }] }, 'GET', '/joo', false],
    ['exact, no prefix', { paths: [{ exact: '/foo' }] }, 'GET', '/foobar', false],
    ['exact, with a query', { paths: [{ exact: '/foo' }] }, 'GET', '/foo?xyz', true],
    ['a path and below', { paths: [{ exact: '/foo' }, { prefix: '/foo/' }] }, 'GET', '/foo/bar', true],
    ['a path and below, no sibling', { paths: [{ exact: '/foo' }, { prefix: '/foo/' }] }, 'GET', '/foobar', false],
    ['a method', { methods: ['GET', 'HEAD'] }, 'HEAD', '/', true],
    ['another method', { methods: ['GET', 'HEAD'] }, 'POST', '/', false],
    ['any method', { methods: ['*'] }, 'POST', '/', true],
    ['both must hold', { methods: ['GET'], paths: [{ exact: '/foo' }] }, 'POST', '/foo', false],
  ])('by request: %s', (_, http, method, path, expected) => {
    const spec = { types: ['Ingress'], ingress: [{ action: 'Allow', protocol: 'TCP', http }] };
    const plane = planeOf({ calico: [object('NetworkPolicy', 'a', spec)] });
    const request = { method, path, host: 'server', headers: [] };
    expect(passes(plane, { ...tcp(client, server), request })).toBe(expected);
  });
});

describe('what some versions of Calico refuse', () => {
  const rule = { action: 'Deny', destination: { ports: ['http'] } };
  const early = tier('early', { order: 5, defaultAction: 'Pass' });
  const inTier = global('it', { tier: 'early', types: ['Ingress'], ingress: [{ action: 'Deny' }] });
  const named = global('it', { types: ['Ingress'], ingress: [rule] });
  const moved = tier('adminnetworkpolicy', { order: 7, defaultAction: 'Pass' });

  it.each<[string, object[]]>([
    ['a name that does not begin with the tier', [early, inTier]],
    ['names of ports without a protocol', [named]],
  ])('is never applied before 3.32, and may be where the version is not known: %s', (_, calicos) => {
    const [before, from, unknown] = ['3.31.7', '3.32', undefined].map((version) => composed(calicos, version));
    expect(before.problems?.map(({ rule: id }) => id)).toEqual(['calico-version']);
    expect(before.layers).toEqual([]);
    expect([from.problems, unknown.problems]).toEqual([undefined, undefined]);
    expect(from.layers[0].rules.every(({ isUncertain }) => isUncertain === undefined)).toBe(true);
    expect(unknown.layers[0].rules.every(({ isUncertain }) => isUncertain === true)).toBe(true);
    expect(unknown.layers[0].isolations.every(({ isUncertain }) => isUncertain === true)).toBe(true);
  });

  it('is not what is named after its tier, or in the default tier without a tier in its name', () => {
    const ingress = [{ action: 'Deny', protocol: 'TCP', destination: { ports: ['http'] } }];
    const policies = [
      early,
      global('early.it', { tier: 'early', types: ['Ingress'], ingress }),
      global('it', { types: ['Ingress'], ingress }),
      global('default.it', { tier: 'default', types: ['Ingress'], ingress }),
    ];
    for (const version of ['3.29', undefined]) {
      const { problems, layers } = composed(policies, version);
      expect(problems).toBeUndefined();
      expect(layers.flatMap(({ rules }) => rules.map(({ isUncertain }) => isUncertain))).toEqual([
        undefined,
        undefined,
        undefined,
      ]);
    }
  });

  it('is a tier of its own in another place, which is free from 3.32 on', () => {
    expect(composed([moved], '3.31').problems).toHaveLength(1);
    expect(composed([moved], undefined).problems).toHaveLength(1);
    expect(composed([moved], '3.32').problems).toBeUndefined();
  });

  function composed(calicos: readonly object[], version: string | undefined): Plane {
    const facts = { ...(version !== undefined && { version }), ipBlockMode: 'pods' as const };
    return calico.compose({ rules: [], isolations: [], others: readAll(calicos) }, facts);
  }
});

describe('labels that Calico gives pods and namespaces, in policies of Kubernetes', () => {
  const here = pod('a', '10.0.0.1');
  const there = pod('b', '10.0.0.2', { 'projectcalico.org/namespace': 'default' }, 'other');
  const from = (peer: Json, version?: string) =>
    planeOf({ kubernetes: [networkPolicy('it', { podSelector: {}, ingress: [{ from: [peer] }] })] }, version);
  const reaches = (plane: Plane) => [here, there].map((it) => passes(plane, tcp(it, pod('c', '10.0.0.3'))));

  it('are the name of a namespace, whatever it says itself', () => {
    const byName = { namespaceSelector: { matchLabels: { 'projectcalico.org/name': 'other' } } };
    const lying = { ...there, namespaceLabels: { ...there.namespaceLabels, 'projectcalico.org/name': 'default' } };
    expect(reaches(from(byName))).toEqual([false, true]);
    expect(passes(from(byName), tcp(lying, here))).toBe(true);
  });

  it('are the namespace of a pod, what runs it, and the labels of its namespace', () => {
    const by = (matchLabels: Json) => reaches(from({ namespaceSelector: {}, podSelector: { matchLabels } }));
    expect(by({ 'projectcalico.org/namespace': 'default' })).toEqual([true, false]);
    expect(by({ 'projectcalico.org/orchestrator': 'k8s' })).toEqual([true, true]);
    expect(by({ 'projectcalico.org/orchestrator': 'other' })).toEqual([false, false]);
    expect(by({ 'pcns.kubernetes.io/metadata.name': 'other' })).toEqual([false, true]);
  });

  it('are the service account of a pod, which no manifest tells', () => {
    const plane = from({ podSelector: { matchLabels: { 'projectcalico.org/serviceaccount': 'x', app: 'y' } } });
    expect(plane.layers[0].rules).toMatchObject([
      { isUncertain: true, peers: [{ pods: { pods: { constraints: [{ key: 'app' }] } } }] },
    ]);
    expect(plane.layers[0].isolations.map(({ isUncertain }) => isUncertain)).toEqual([undefined]);
  });

  it('count in a ClusterNetworkPolicy too', () => {
    const cluster = [
      {
        apiVersion: 'policy.networking.k8s.io/v1alpha2',
        kind: 'ClusterNetworkPolicy',
        metadata: { name: 'it' },
        spec: {
          tier: 'Admin',
          priority: 1,
          subject: { namespaces: { matchLabels: { 'projectcalico.org/name': 'default' } } },
          ingress: [{ action: 'Deny', from: [{ namespaces: {} }] }],
        },
      },
    ];
    const plane = planeOf({ cluster });
    expect([passes(plane, tcp(there, here)), passes(plane, tcp(here, there))]).toEqual([false, true]);
  });
});
