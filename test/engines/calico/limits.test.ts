import { calico } from '../../../lib/engines/calico/engine';
import { canonical, type GraphData } from '../../../lib/graph/graph-data';
import type { Endpoint } from '../../../lib/model/endpoint';
import type { Guardrail } from '../../../lib/model/guardrail';
import * as ips from '../../../lib/model/ip-set';
import { podSet } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { HttpMatch, RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { portTraffic } from '../../../lib/model/traffic';
import { addresses, end, flow, gateway, mesh, tier, vllm } from '../../graph/graphs';
import { cluster } from './calico';

const everyPod = podSet(selectors.anything, selectors.anything);
const http = ports.number('TCP', 8000);

function withFlow(from: Endpoint, to: Endpoint, traffic = http, requests?: readonly RequestMatch[]): GraphData {
  return canonical({
    ...mesh(),
    flows: [{ ...flow(from, to, traffic, 'it is needed'), traffic: portTraffic(traffic, requests) }],
  });
}

function asking(request: RequestMatch, traffic = http): GraphData {
  return withFlow(end(gateway), end(vllm), traffic, [request]);
}

function path(...segments: (string | undefined)[]): HttpMatch {
  return { protocol: 'http', path: { segments, below: false } };
}

function refused(graph: GraphData, of = cluster): string[] {
  return calico.limits(graph, of).map(({ rule, about, why, allowed }) => {
    expect(why).not.toMatch(/[.]$/);
    expect(allowed).not.toBe('');
    return `${rule} of the ${about.kind}`;
  });
}

const guarded = (guardrail: Partial<Guardrail>) =>
  canonical({ ...mesh(), guardrails: [{ name: 'g', because: 'any', denies: [], isolates: [], ...guardrail }] });
const denying = (peer: Endpoint) =>
  guarded({ denies: [{ direction: 'egress', subject: everyPod, peer, ports: ports.everything }] });

describe('what Calico cannot say', () => {
  it('is nothing of what Kubernetes can', () => {
    expect(refused(mesh())).toEqual([]);
  });

  it.each<[string, GraphData]>([
    ['a host', asking({ protocol: 'http', host: 'api.example.com' })],
    ['a header', asking({ protocol: 'http', headers: ['authorization'] })],
    ['a free segment', asking(path('v1', undefined))],
    ['a topic', asking({ protocol: 'kafka', topic: 'orders', role: 'produce' })],
    ['names', asking({ protocol: 'dns', pattern: '*' })],
    ['what somebody else wrote', asking({ protocol: 'opaque', text: 'x' })],
    ['a path that ends in a slash', asking(path('v1', ''))],
    ['a path with dots', asking(path('a', '..', 'b'))],
    ['a path that would be decoded', asking(path('a%2Fb'))],
    ['a path with parameters', asking(path('a;b'))],
    ['a path with a backslash', asking(path('a\\b'))],
    ['a path with a space', asking(path('a b'))],
    ['a path with a query', asking(path('a?b'))],
    ['a path above 1024 characters', asking(path('a'.repeat(1023)))],
    ['requests on UDP', asking(path('a'), ports.number('UDP', 8000))],
    ['requests on all ports', asking(path('a'), ports.everything)],
    [
      'requests to pods of others',
      withFlow(end(gateway), { kind: 'pods', pods: everyPod, owner: 'others' }, http, [path('a')]),
    ],
    ['requests to addresses', withFlow(end(gateway), addresses('192.0.2.0/24'), http, [path('a')])],
  ])('by request: %s', (_, graph) => {
    expect(refused(graph)).toEqual(['engine-requests of the flow']);
  });

  it.each<[string, GraphData]>([
    ['plain characters', asking(path('v1.0', 'a*(b)', 'ü', '~x'))],
    ['the root', asking(path())],
    ['a path of 1023 characters', asking(path('a'.repeat(1022)))],
    ['all TCP ports, and names', asking(path('a'), ports.union(ports.allOf('TCP')))],
    [
      'requests of pods of others',
      withFlow({ kind: 'pods', pods: everyPod, owner: 'others' }, end(vllm), http, [path('a')]),
    ],
  ])('is not %s', (_, graph) => {
    expect(refused(graph)).toEqual([]);
  });

  it('is requests beside all traffic of the same pods on the same port, which hold nothing back', () => {
    const beside = (from: Endpoint, traffic: ports.PortSet) =>
      canonical({ ...mesh(), flows: [...asking(path('a')).flows, flow(from, end(vllm), traffic, 'admins ask')] });
    const anybody: Endpoint = { kind: 'pods', pods: everyPod, owner: 'others' };
    expect(refused(beside(end(gateway), http))).toEqual(['engine-requests-nullified of the flow']);
    expect(refused(beside(anybody, ports.everything))).toEqual(['engine-requests-nullified of the flow']);
    expect(refused(beside(anybody, ports.named('TCP', 'http')))).toEqual(['engine-requests-nullified of the flow']);
    expect(refused(beside(end(gateway), ports.number('TCP', 9000)))).toEqual([]);
    expect(refused(beside(addresses('192.0.2.0/24'), http))).toEqual([]);
    expect(refused(beside(end(vllm), http))).toEqual([]);
  });

  it('is host names and entities, at any end', () => {
    expect(
      refused(withFlow(end(gateway), { kind: 'hosts', patterns: [{ kind: 'exact', name: 'a.example' }] })),
    ).toEqual(['engine-host-names of the flow']);
    expect(refused(withFlow({ kind: 'entity', entity: 'nodes' }, end(vllm)))).toEqual(['engine-entity of the flow']);
    expect(refused(denying({ kind: 'entity', entity: 'nodes' }))).toEqual(['engine-entity of the guardrail']);
    expect(refused(denying({ kind: 'hosts', patterns: [{ kind: 'any' }] }))).toEqual([
      'engine-host-names of the guardrail',
    ]);
  });

  it('is a selector above 1024 characters, wherever it stands', () => {
    const values = Array.from({ length: 80 }, (_, i) => `a-long-value-${i}`);
    const long = selectors.fromRequirements([{ key: 'app', operator: 'In', values }]);
    const pods = podSet(selectors.anything, long);
    const peer: Endpoint = { kind: 'pods', pods, owner: 'others' };
    const wide: Endpoint = { ...peer, pods: podSet(long, selectors.anything) };
    const own = { ...tier('ai-data', 'wide'), pods: podSet(vllm.pods.namespaces, long) };
    expect(refused(withFlow(end(gateway), peer))).toEqual(['engine-selector-length of the flow']);
    expect(refused(withFlow(end(gateway), wide))).toEqual(['engine-selector-length of the flow']);
    expect(refused(canonical({ ...mesh(), tiers: [...mesh().tiers, own] }))).toEqual([
      'engine-selector-length of the namespace',
    ]);
    expect(refused(guarded({ isolates: [pods] }))).toEqual(['engine-selector-length of the guardrail']);
    const hostGuardrails = [{ name: 'n', because: 'any', nodes: long, allows: [] }];
    expect(refused(canonical({ ...mesh(), hostGuardrails }))).toEqual(['engine-selector-length of the host-guardrail']);
  });

  it('is a name of a tier with a dot, which would be a tier of Calico', () => {
    const dotted = tier('ai-data', 'y.z');
    expect(refused(canonical({ ...mesh(), tiers: [...mesh().tiers, dotted] }))).toEqual([
      'engine-name of the namespace',
    ]);
  });

  it('is what came later than its version', () => {
    const [first, ...rest] = mesh().namespaces;
    const audited = canonical({ ...mesh(), namespaces: [{ ...first, rollout: 'audit' }, ...rest] });
    expect(refused(audited, { ...cluster, version: '3.29' })).toEqual(['engine-audit of the namespace']);
    expect(refused(audited, { ...cluster, version: '3.30' })).toEqual([]);
    const guard = guarded({ isolates: [everyPod] });
    expect(refused(guard, { ...cluster, version: '3.28' })).toEqual(['engine-guardrail of the guardrail']);
    expect(refused(guard, { ...cluster, version: '3.29' })).toEqual([]);
  });

  it('is to deny addresses that are those of pods, or may be', () => {
    const { podRanges: _, ...unknown } = cluster;
    expect(refused(denying(addresses('10.0.0.0/8')), unknown)).toEqual(['engine-networks-match-pods of the guardrail']);
    expect(refused(denying(addresses('169.254.169.254/32')), unknown)).toEqual([]);
    expect(refused(denying(addresses('172.16.0.0/12')))).toEqual([]);
    expect(refused(denying(addresses('172.20.1.0/24')))).toEqual(['engine-networks-match-pods of the guardrail']);
    expect(refused(denying({ kind: 'addresses', addresses: ips.all }))).toEqual([]);
  });
});
