import { cilium } from '../../../lib/engines/cilium/engine';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import { policyReaderOf } from '../../../lib/kinds/readers';
import type { Plane } from '../../../lib/model/layer';
import { anyPods, NAMESPACE_NAME_LABEL } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { ciliumPolicy, clusterwidePolicy } from '../../judges/cilium/invalid';
import type { KubernetesObject } from '../../judges/world';
import { type PodEnd, passes } from '../decide';

type Json = Readonly<Record<string, unknown>>;

function composed(objects: readonly KubernetesObject[], version = '1.20'): Plane {
  const isPlain = ({ kind }: KubernetesObject) => kind === 'NetworkPolicy';
  const plain = objects.filter(isPlain).map((object) => readNetworkPolicy(object));
  const others = objects
    .filter((object) => !isPlain(object))
    .flatMap((object) => policyReaderOf(object.apiVersion.split('/')[0] as string, object.kind)?.read(object) ?? []);
  expect([...plain, ...others].flatMap(({ problems }) => problems)).toEqual([]);
  return cilium.compose(
    {
      rules: plain.flatMap((it) => it.rules),
      isolations: plain.flatMap((it) => it.isolations),
      leftOut: plain.flatMap((it) => it.leftOut ?? []),
      others,
    },
    { version, ipBlockMode: 'pods' },
  );
}

const problems = (plane: Plane) => (plane.problems ?? []).map(({ rule }) => rule);

const pod = (namespace: string, app: string, ip: string): PodEnd => ({
  namespaceLabels: { [NAMESPACE_NAME_LABEL]: namespace },
  labels: { app },
  ip,
});
const web = pod('shop', 'web', '10.0.0.1');
const api = pod('shop', 'api', '10.0.0.2');
const alien = pod('orders', 'store', '10.0.0.3');
const outside = { ip: '192.0.2.1' };
const get = { method: 'GET', path: '/a', host: 'x', headers: [] };

const connects = (plane: Plane, from: PodEnd | typeof outside, to: PodEnd | typeof outside, more: Json = {}) =>
  passes(plane, { from, to, protocol: 'TCP', port: 80, ...more });

const networkPolicy = (spec: Json): KubernetesObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'plain', namespace: 'shop' },
  spec: { podSelector: {}, ...spec },
});

/** As a NetworkPolicy has numbers. */
const numbered = (port: string) => (/^\d+$/.test(port) ? Number(port) : port);

const port80 = { ports: [{ port: '80', protocol: 'TCP' }] };

describe('a name of a port on Cilium', () => {
  const http = [{ port: 'http', protocol: 'TCP' }];
  const both = [...http, { port: '80', protocol: 'TCP' }];

  it.each<[string, KubernetesObject]>([
    ['a policy of Cilium', ciliumPolicy({ egress: [{ toEndpoints: [{}], toPorts: [{ ports: both }] }] })],
    [
      'a NetworkPolicy',
      networkPolicy({
        policyTypes: ['Egress'],
        egress: [{ ports: both.map(({ port }) => ({ port: numbered(port) })) }],
      }),
    ],
  ])('may be any number where %s lets traffic out, and is sure of the numbers beside it', (_, policy) => {
    const { rules } = composed([policy]).layers[0];
    expect(rules.map((rule) => [ports.portsText(rule.ports), rule.isUncertain ?? false])).toEqual([
      ['TCP/80', false],
      ['TCP/*', true],
    ]);
    expect(rules[1].doubt).toMatchObject({ rule: 'cilium-name-in-egress', value: 'http' });
  });

  it('is no number of an address outside from 1.20 on', () => {
    const toPorts = [{ ports: http }];
    const policy = ciliumPolicy({
      egress: [
        { toCIDR: ['192.0.2.0/24'], toPorts },
        { toEntities: ['all'], toPorts },
      ],
    });
    const peersOf = (version: string) => composed([policy], version).layers[0].rules.map(({ peers }) => peers);
    expect(
      peersOf('1.19')
        .flat()
        .map(({ kind }) => kind),
    ).toEqual(['addresses', 'anything']);
    expect(peersOf('1.20')).toEqual([[{ kind: 'pods', pods: anyPods }]]);
  });

  it('is that of the pod where traffic comes in', () => {
    const { rules } = composed([ciliumPolicy({ ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: http }] }] })])
      .layers[0];
    expect(rules.map((rule) => [ports.portsText(rule.ports), rule.isUncertain ?? false])).toEqual([
      ['TCP/http', false],
    ]);
  });
});

describe('policies on Cilium, taken together', () => {
  it('trap 9: add up, so that a narrow policy of Cilium does not narrow a wide NetworkPolicy', () => {
    const narrow = ciliumPolicy({ ingress: [{ fromEndpoints: [{ matchLabels: { app: 'web' } }] }] });
    const wide = networkPolicy({ policyTypes: ['Ingress'], ingress: [{}] });
    expect(connects(composed([narrow]), alien, api)).toBe(false);
    expect(connects(composed([narrow, wide]), alien, api)).toBe(true);
  });

  it('deny before they allow, whoever wrote either', () => {
    const deny = clusterwidePolicy({
      enableDefaultDeny: { ingress: false },
      ingressDeny: [{ fromEndpoints: [{ matchLabels: { app: 'store' } }] }],
    });
    const wide = networkPolicy({ policyTypes: ['Ingress'], ingress: [{}] });
    expect(connects(composed([deny, wide]), alien, api)).toBe(false);
    expect(connects(composed([deny, wide]), web, api)).toBe(true);
    expect(connects(composed([deny]), web, api)).toBe(true);
  });

  it('trap 2: let every request through on a port that another rule opens', () => {
    const limited = ciliumPolicy({
      ingress: [{ fromEndpoints: [{}], toPorts: [{ ...port80, rules: { http: [{ method: 'POST' }] } }] }],
    });
    const open = ciliumPolicy({ ingress: [{ fromEndpoints: [{}], toPorts: [port80] }] });
    expect(connects(composed([limited]), web, api, { request: get })).toBe(false);
    expect(connects(composed([limited]), web, api, { request: { ...get, method: 'POST' } })).toBe(true);
    expect(connects(composed([limited, open]), web, api, { request: get })).toBe(true);
  });

  it('trap 6: mean no pod by a block, whatever the cluster says of blocks', () => {
    const plane = composed([ciliumPolicy({ egress: [{ toCIDR: ['0.0.0.0/0'] }] })]);
    expect(plane.ipBlockMode).toBe('external-only');
    expect([connects(plane, web, outside), connects(plane, web, api)]).toEqual([true, false]);
  });

  it('take rules of a NetworkPolicy in a direction that its policyTypes leave out', () => {
    const egress = [{ to: [{ ipBlock: { cidr: '192.0.2.0/24' } }] }];
    const plane = composed([networkPolicy({ policyTypes: ['Ingress'], ingress: [{}], egress })]);
    expect([connects(plane, web, outside), connects(plane, web, alien)]).toEqual([true, false]);
    const shut = ciliumPolicy({ egress: [{}] });
    expect(connects(composed([shut]), web, outside)).toBe(false);
    expect(connects(composed([shut, networkPolicy({ policyTypes: ['Ingress'], egress })]), web, outside)).toBe(true);
  });

  it('are one layer', () => {
    const { name, layers } = composed([ciliumPolicy({ ingress: [{}] })]);
    expect([name, layers.map(({ order, otherwise }) => [order, otherwise])]).toEqual(['cilium', [['union', 'deny']]]);
  });

  it('leave out policies of other engines', () => {
    const foreign = policyReaderOf('projectcalico.org', 'NetworkPolicy')?.read({
      apiVersion: 'projectcalico.org/v3',
      kind: 'NetworkPolicy',
      metadata: { name: 'calico', namespace: 'shop' },
      spec: { selector: 'all()', types: ['Ingress'] },
    });
    const plane = cilium.compose(
      { rules: [], isolations: [], others: foreign ? [foreign] : [] },
      { ipBlockMode: 'pods' },
    );
    expect(plane.layers.flatMap(({ isolations }) => isolations)).toEqual([]);
  });
});

describe('what policies on Cilium leave open', () => {
  const dns = (rule: Json) => ({ toPorts: [{ ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: [rule] } }] });
  const names = (endpointSelector: Json, ...egress: Json[]) =>
    ciliumPolicy({ endpointSelector, egress: [{ toFQDNs: [{ matchPattern: '*.example.com' }] }, ...egress] });

  it('trap 4: are host names of which no address is learnt', () => {
    expect(problems(composed([names({})]))).toEqual(['cilium-hosts-without-dns']);
    expect(problems(composed([names({}, dns({ matchPattern: '*' }))]))).toEqual([]);
    expect(problems(composed([names({}, dns({ matchPattern: '*.example.com' }))]))).toEqual([]);
    expect(problems(composed([names({}, dns({ matchPattern: '*.example.org' }))]))).toEqual([
      'cilium-hosts-without-dns',
    ]);
  });

  it('trap 4: may be learnt by a policy that is about more pods, and not by one about fewer', () => {
    const proxy = (endpointSelector: Json) => ({
      ...ciliumPolicy({ endpointSelector, egress: [dns({ matchPattern: '*' })] }),
      metadata: { name: 'dns', namespace: 'shop' },
    });
    const some = { matchLabels: { app: 'web' } };
    expect(problems(composed([names(some), proxy({})]))).toEqual([]);
    expect(problems(composed([names({}), proxy(some)]))).toEqual(['cilium-hosts-without-dns']);
  });

  it('are wildcards of any depth before 1.19', () => {
    const deep = ciliumPolicy({
      egress: [{ toFQDNs: [{ matchPattern: '**.example.com' }] }, dns({ matchPattern: '*' })],
    });
    expect(problems(composed([deep]))).toEqual([]);
    expect(problems(composed([deep], '1.18'))).toEqual(['cilium-version']);
  });

  it('are topics of Kafka from 1.20 on', () => {
    const kafka = ciliumPolicy({
      ingress: [{ toPorts: [{ ...port80, rules: { kafka: [{ role: 'produce', topic: 'a' }] } }] }],
    });
    expect(problems(composed([kafka], '1.19'))).toEqual([]);
    expect(problems(composed([kafka]))).toEqual(['cilium-version']);
  });

  it('are requests of two protocols on one port of some of the same pods', () => {
    const of = (endpointSelector: Json, rules: Json) =>
      ciliumPolicy({ endpointSelector, ingress: [{ toPorts: [{ ...port80, rules }] }] });
    const http = { http: [{ method: 'GET' }] };
    const kafka = { kafka: [{ role: 'produce', topic: 'a' }] };
    const one = { matchLabels: { app: 'web' } };
    const two = { matchLabels: { app: 'api' } };
    expect(problems(composed([of(one, http), of({}, kafka)], '1.19'))).toEqual(['cilium-mixed-requests']);
    expect(problems(composed([of(one, http), of(two, kafka)], '1.19'))).toEqual([]);
  });

  it('is what ClusterNetworkPolicies do beside them', () => {
    const policy = {
      apiVersion: 'policy.networking.k8s.io/v1alpha2',
      kind: 'ClusterNetworkPolicy',
      metadata: { name: 'admin' },
      spec: { tier: 'Admin', priority: 1, subject: { namespaces: {} }, ingress: [] },
    };
    expect(problems(composed([policy]))).toEqual(['cilium-tiers']);
    expect(cilium.kinds('1.19')).not.toContain('policy.networking.k8s.io/ClusterNetworkPolicy');
    expect(cilium.kinds('1.20')).toContain('policy.networking.k8s.io/ClusterNetworkPolicy');
  });
});

describe('labels that Cilium gives pods, in a NetworkPolicy', () => {
  const from = (matchLabels: Json) =>
    composed([networkPolicy({ ingress: [{ from: [{ namespaceSelector: {}, podSelector: { matchLabels } }] }] })]);

  it('are their namespace and its labels', () => {
    const byName = from({ 'io.kubernetes.pod.namespace': 'orders' });
    expect([connects(byName, alien, api), connects(byName, web, api)]).toEqual([true, false]);
    const byLabel = from({ [`io.cilium.k8s.namespace.labels.${NAMESPACE_NAME_LABEL}`]: 'orders', app: 'store' });
    expect([connects(byLabel, alien, api), connects(byLabel, web, api)]).toEqual([true, false]);
  });

  it('are their service account and cluster, which no manifest tells', () => {
    const [layer] = from({ 'io.cilium.k8s.policy.serviceaccount': 'runner', app: 'web' }).layers;
    expect(layer.rules).toMatchObject([
      { isUncertain: true, peers: [{ pods: { pods: { constraints: [{ key: 'app' }] } } }] },
    ]);
    expect(layer.isolations.map(({ isUncertain }) => isUncertain)).toEqual([undefined]);
    const about = composed([networkPolicy({ podSelector: { matchLabels: { 'io.cilium.k8s.policy.cluster': 'x' } } })]);
    expect(about.layers[0].isolations.map(({ isUncertain }) => isUncertain)).toEqual([true]);
  });
});
