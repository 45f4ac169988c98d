import { cilium } from '../../../lib/engines/cilium/engine';
import type { GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail } from '../../../lib/model/guardrail';
import type { HostPattern } from '../../../lib/model/host-pattern';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { HttpMatch, RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { addresses, end, flow, mesh, tier } from '../../graph/graphs';
import { cluster } from './cilium';
import { api, dnsPorts, graphOf, kubeDns, store, web } from './graphs';

const everyPod = podSet(selectors.anything, selectors.anything);
const port80 = ports.number('TCP', 80);

function refused(graph: GraphData, more: Partial<typeof cluster> = {}): string[] {
  return cilium.limits(graph, { ...cluster, ...more }).map(({ rule, about, why, allowed, value }) => {
    expect(why).not.toMatch(/[.]$/);
    expect(allowed).not.toBe('');
    expect(value).not.toBe('');
    return `${rule} of the ${about.kind}`;
  });
}

function asking(
  requests: readonly RequestMatch[],
  set = port80,
  to: Endpoint = end(api),
  from = end(web),
): ReturnType<typeof flow> {
  return flow(from, to, ports.none, `it asks ${requests.length}`, { traffic: portTraffic(set, requests) });
}

function path(...segments: (string | undefined)[]): HttpMatch {
  return { protocol: 'http', path: { segments, below: false } };
}

const get = path('v1');
const requests = (match: RequestMatch, set = port80) => graphOf([asking([match], set)]);
const toHosts = (...patterns: HostPattern[]) =>
  graphOf([
    flow(end(web), kubeDns, dnsPorts, 'names are resolved'),
    flow(end(web), { kind: 'hosts', patterns }, ports.number('TCP', 443), 'tools'),
  ]);
const guarded = (guardrail: Partial<Guardrail>) =>
  graphOf([], { guardrails: [{ name: 'g', because: 'any', denies: [], isolates: [], ...guardrail }] });
const others = (pods: selectors.Selector, namespaces = selectors.anything): Endpoint => {
  return { kind: 'pods', pods: podSet(namespaces, pods), owner: 'others' };
};
const labelled = (key: string) => selectors.fromRequirements([{ key, operator: 'Exists' }]);

describe('what Cilium cannot say', () => {
  it('is nothing of what Kubernetes can', () => {
    expect(refused(mesh())).toEqual([]);
  });

  it.each<[string, GraphData]>([
    ['requests on UDP', requests(get, ports.number('UDP', 80))],
    ['requests on all TCP ports', requests(get, ports.allOf('TCP'))],
    ['requests on all ports', requests(get, ports.everything)],
    ['requests on a wide range', requests(get, ports.range('TCP', 8000, 9000))],
    ['queries of DNS', requests({ protocol: 'dns', pattern: '*' })],
    ['what somebody else wrote', requests({ protocol: 'opaque', text: 'x' })],
    ['topics of Kafka in 1.20', requests({ protocol: 'kafka', role: 'produce', topic: 'orders' })],
    ['a path with an encoded slash, to which the proxy redirects', requests(path('a%2Fb'))],
    ['a path with an encoded letter, which the proxy decodes', requests(path('a%62'))],
    ['a path with dots', requests(path('a', '..', 'b'))],
    ['a path with an empty segment inside', requests(path('a', '', 'b'))],
    ['a path with a query', requests(path('a?b'))],
    ['a path with a space', requests(path('a b'))],
    ['a path beyond ASCII', requests(path('ü'))],
    ['a path with a backslash', requests(path('a\\b'))],
    ['a header that is none', requests({ protocol: 'http', headers: ['x team'] })],
  ])('by request: %s', (_, graph) => {
    expect(refused(graph)).toEqual(['engine-requests of the flow']);
  });

  it.each<[string, GraphData]>([
    ['characters that mean something in patterns', requests(path('a.b', '(c)*', '+$', '[x]', '~%20'))],
    ['a slash at the end', requests(path('v1', ''))],
    ['a free segment', requests(path('v1', undefined))],
    ['a host and a header', requests({ protocol: 'http', host: 'a.example.com', headers: ['x-team'] })],
    ['several ports', requests(get, ports.range('TCP', 80, 90))],
    ['requests to pods of others', graphOf([asking([get], port80, kubeDns)])],
    ['requests to addresses', graphOf([asking([get], port80, addresses('192.0.2.0/24'))])],
  ])('and can: %s', (_, graph) => {
    expect(refused(graph)).toEqual([]);
  });

  it('is a name of a port where traffic leaves, which is looked up over many pods at once', () => {
    const http = ports.named('TCP', 'http');
    const named = ['engine-named-ports of the flow'];
    expect(refused(requests(get, http))).toEqual([...named, 'engine-requests of the flow']);
    expect(refused(graphOf([flow(end(web), end(api), http, 'it asks')]))).toEqual(named);
    expect(refused(graphOf([flow(end(web), others(selectors.anything), http, 'it asks')]))).toEqual(named);
    expect(refused(graphOf([flow(others(selectors.anything), end(api), http, 'others ask')]))).toEqual([]);
    const deny = {
      subject: podSet(selectors.anything, selectors.anything),
      peer: others(selectors.anything),
      ports: http,
    };
    expect(refused(guarded({ denies: [{ ...deny, direction: 'egress' }] }))).toEqual([
      'engine-named-ports of the guardrail',
    ]);
    expect(refused(guarded({ denies: [{ ...deny, direction: 'ingress' }] }))).toEqual([]);
  });

  it('is Kafka from 1.20 on, and not before', () => {
    const orders = requests({ protocol: 'kafka', role: 'produce', topic: 'orders' });
    expect(refused(orders, { version: '1.19' })).toEqual([]);
    expect(refused(orders, { version: undefined })).toEqual(['engine-requests of the flow']);
  });

  it('trap 2: is a flow of requests beside one that opens the same ports between some of the same ends', () => {
    const beside = (from: Endpoint, to: Endpoint, set = port80) =>
      graphOf([asking([get]), flow(from, to, set, 'all of it')]);
    const nullified = ['engine-requests-nullified of the flow'];
    expect(refused(beside(end(web), end(api)))).toEqual(nullified);
    expect(refused(beside(end(web), end(api), ports.everything))).toEqual(nullified);
    expect(refused(beside(end(web), end(api), ports.named('TCP', 'http')))).toEqual([
      'engine-named-ports of the flow',
      ...nullified,
    ]);
    expect(refused(beside(others(selectors.anything), end(api)))).toEqual(nullified);
    expect(refused(beside(end(web), others(labelled('app'))))).toEqual(nullified);
    expect(refused(beside(end(store), end(api)))).toEqual([]);
    expect(refused(beside(end(web), end(api), ports.number('TCP', 81)))).toEqual([]);
    expect(refused(beside(end(web), end(api), ports.number('UDP', 80)))).toEqual([]);
  });

  it('trap 2: are requests of one host beside all traffic to addresses that it may have', () => {
    const host: Endpoint = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'a.example.com' }] };
    const graph = graphOf([
      flow(end(web), kubeDns, dnsPorts, 'names are resolved'),
      asking([get], port80, host),
      flow(end(web), addresses('192.0.2.0/24'), port80, 'all of it'),
    ]);
    expect(refused(graph)).toEqual(['engine-requests-nullified of the flow']);
  });

  it('trap 2: are requests of two protocols on one port', () => {
    const kafka: RequestMatch = { protocol: 'kafka', role: 'produce', topic: 'orders' };
    const old = { version: '1.19' };
    expect(refused(graphOf([asking([get, kafka])]), old)).toEqual(['engine-requests-mixed of the flow']);
    const apart = graphOf([asking([get]), asking([kafka, { ...kafka, role: 'consume' }])]);
    expect(refused(apart, old)).toEqual(['engine-requests-mixed of the flow', 'engine-requests-mixed of the flow']);
    expect(refused(graphOf([asking([get]), asking([kafka], ports.number('TCP', 9092))]), old)).toEqual([]);
  });

  it('trap 4: are host names of a tier without DNS', () => {
    const hosts: Endpoint = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'a.example.com' }] };
    const https = flow(end(web), hosts, ports.number('TCP', 443), 'tools');
    expect(refused(graphOf([https]))).toEqual(['engine-host-names-dns of the flow']);
    // What another tier resolves is not learnt for this one, and all traffic to some pods is no DNS.
    expect(refused(graphOf([https, flow(end(api), kubeDns, dnsPorts, 'names')]))).toEqual([
      'engine-host-names-dns of the flow',
    ]);
    expect(refused(graphOf([https, flow(end(web), kubeDns, ports.everything, 'names')]))).toEqual([
      'engine-host-names-dns of the flow',
    ]);
    expect(refused(graphOf([https, asking([get], ports.number('TCP', 53), kubeDns)]))).toEqual([
      'engine-host-names-dns of the flow',
    ]);
    expect(refused(graphOf([https, flow(end(web), kubeDns, dnsPorts, 'names')]))).toEqual([]);
  });

  it('trap 4: are names of Services, whose addresses are inside the cluster', () => {
    expect(refused(toHosts({ kind: 'exact', name: 'db.orders.svc.cluster.local' }))).toEqual([
      'engine-host-names of the flow',
    ]);
    expect(refused(toHosts({ kind: 'any-depth', under: 'cluster.local' }))).toEqual(['engine-host-names of the flow']);
    expect(refused(toHosts({ kind: 'exact', name: 'cluster.local.example.com' }))).toEqual([]);
  });

  it('are wildcards of any depth before 1.19, and those that somebody else wrote', () => {
    const deep = toHosts({ kind: 'any-depth', under: 'example.com' });
    expect(refused(deep)).toEqual([]);
    expect(refused(deep, { version: '1.18' })).toEqual(['engine-host-names of the flow']);
    expect(refused(toHosts({ kind: 'opaque', text: 'a*.example.com' }))).toEqual(['engine-host-names of the flow']);
  });

  it('are names above 255 characters', () => {
    const under = Array.from({ length: 4 }, () => 'a'.repeat(63)).join('.');
    expect(refused(toHosts({ kind: 'exact', name: under }))).toEqual([]);
    expect(refused(toHosts({ kind: 'one-label', under }))).toEqual(['engine-host-names of the flow']);
  });

  it.each([
    'pod-template-hash',
    'kubernetes.io/os',
    'io.kubernetes.pod.namespace',
    'io.cilium.k8s.policy.serviceaccount',
    'x.beta.kubernetes.io/a',
  ])('are pods by the label %s, which Cilium leaves out of their identity', (key) => {
    expect(refused(graphOf([flow(others(labelled(key)), end(api), port80, 'any')]))).toEqual([
      'engine-label of the flow',
    ]);
    const odd = { ...tier('shop', 'odd'), pods: podsIn('shop', labelled(key)) };
    expect(refused(graphOf([], { tiers: [odd] }))).toEqual(['engine-label of the namespace']);
    const isolates = [podSet(selectors.anything, labelled(key))];
    expect(refused(guarded({ isolates }))).toEqual(['engine-label of the guardrail']);
  });

  it('are namespaces by labels whose keys are too long with what Cilium puts before them', () => {
    const by = (key: string) =>
      refused(graphOf([flow(others(selectors.anything, labelled(key)), end(api), port80, 'any')]));
    expect(by('a'.repeat(32))).toEqual([]);
    expect(by('a'.repeat(33))).toEqual(['engine-label of the flow']);
    expect(by(`example.com/${'a'.repeat(63)}`)).toEqual([]);
    expect(by(`${'a'.repeat(223)}/a`)).toEqual(['engine-label of the flow']);
    expect(by('app.kubernetes.io/part-of')).toEqual([]);
  });

  it('trap 16: are connections of the API server where it is not known when they arrive', () => {
    const graph = graphOf([flow({ kind: 'entity', entity: 'api-server' }, end(api), port80, 'webhooks')]);
    expect(refused(graph)).toEqual([]);
    expect(refused(graph, { platform: 'AKS' })).toEqual(['engine-entity of the flow']);
    expect(refused(graph, { platform: 'GKE Standard' })).toEqual(['engine-entity of the flow']);
    expect(refused(graph, { platform: 'EKS' })).toEqual([]);
  });

  it('trap 17: are host names that are denied', () => {
    const peer: Endpoint = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'a.example.com' }] };
    const denies = [{ direction: 'egress' as const, subject: everyPod, peer, ports: ports.everything }];
    expect(refused(guarded({ denies }))).toEqual(['engine-guardrail of the guardrail']);
  });

  it('is nothing of what is only tried out: how is a setting of the agents', () => {
    const { namespaces, ...graph } = graphOf([]);
    expect(refused({ ...graph, namespaces: namespaces.map((it) => ({ ...it, rollout: 'audit' })) })).toEqual([]);
  });
});
