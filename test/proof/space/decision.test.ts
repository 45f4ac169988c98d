import type { Endpoint } from '../../../lib/model/endpoint';
import type { Flow } from '../../../lib/model/flow';
import * as ips from '../../../lib/model/ip-set';
import type { IpBlockMode, Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import type { Connection } from '../../../lib/proof/space/cell';
import { decide, declares, hasPorts, isPeer, passesByDefault } from '../../../lib/proof/space/decision';
import { acknowledgement } from '../arbitraries';
import { flow, isolate, policy, tier } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const client = tier('a', 'client');
const server = tier('b', 'server');
const block = { kind: 'addresses' as const, addresses: ips.fromBlock('10.0.0.0/8') };
const name = (space: string) => ({ 'kubernetes.io/metadata.name': space });

/** Pods of the client to pods of the server, both at addresses of the block. */
const toServer: Connection = {
  direction: 'egress',
  subject: { kind: 'pod', namespace: name('a'), labels: { app: 'client' } },
  peer: { kind: 'pod', namespace: name('b'), labels: { app: 'server' }, address: '10.244.0.1' },
  protocol: 'TCP',
  port: 443,
  names: ['https'],
};
const toAddress: Connection = { ...toServer, peer: { kind: 'address', address: '10.1.0.1' }, names: [] };
const toApiServer: Connection = {
  ...toServer,
  peer: { kind: 'entity', entity: 'api-server', address: '10.2.0.1' },
  names: [],
};
const toNodes: Connection = { ...toApiServer, peer: { kind: 'entity', entity: 'nodes', address: '10.3.0.1' } };

describe('a connection at an end', () => {
  const host = { kind: 'hosts' as const, patterns: [{ kind: 'one-label' as const, under: 'example.com' }] };
  const opaque = { kind: 'hosts' as const, patterns: [{ kind: 'opaque' as const, text: '*a*' }] };
  const named: Connection = { ...toAddress, hosts: ['x.test', 'api.example.com'] };

  it.each<[string, Endpoint, Connection, boolean]>([
    ['a tier whose pod it is', { kind: 'tier', namespace: 'b', name: 'server', pods: server.pods }, toServer, true],
    [
      'a tier of another namespace',
      { kind: 'tier', namespace: 'c', name: 'x', pods: podsIn('c', selectors.anything) },
      toServer,
      false,
    ],
    ['pods, and it is an address', { kind: 'pods', pods: server.pods, owner: 'x' }, toAddress, false],
    ['addresses of which it is one', block, toAddress, true],
    ['addresses of which it is none', { ...block, addresses: ips.fromBlock('192.0.2.0/24') }, toAddress, false],
    ['addresses, and it is a pod', block, toServer, false],
    ['addresses, and it is the API server', block, toApiServer, false],
    ['the API server', { kind: 'entity', entity: 'api-server' }, toApiServer, true],
    ['nodes, and it is the API server', { kind: 'entity', entity: 'nodes' }, toApiServer, false],
    ['the API server, and it is an address', { kind: 'entity', entity: 'api-server' }, toAddress, false],
    ['names of which one leads to it', host, named, true],
    ['names of which none leads to it', host, { ...toAddress, hosts: ['x.test'] }, false],
    ['names, and none is known', host, toAddress, false],
    ['names, and it is a pod', host, { ...toServer, hosts: ['api.example.com'] }, false],
    ['names that are not understood', opaque, toAddress, false],
    ['names that are taken to lead to it', opaque, { ...toAddress, assumed: ['host *a*'] }, true],
    ['other names than are taken to', opaque, { ...toAddress, assumed: ['host *b*'] }, false],
    ['names, whatever is assumed of them', host, { ...toAddress, assumed: ['host *.example.com'] }, false],
  ])('is there: %s', (_title, end, connection, expected) => {
    expect(isPeer(end, connection)).toBe(expected);
  });
});

describe('a connection that a flow declares', () => {
  const says = (of: Flow, connection: Connection, mode: IpBlockMode = 'pods') =>
    (['must', 'may'] as const).map((bound) => declares(of, connection, mode, bound));

  it('is seen from the end of its subject', () => {
    const between = flow(client, server, tcp(443));
    expect(says(between, toServer)).toEqual([true, true]);
    const seenFromServer: Connection = {
      ...toServer,
      direction: 'ingress',
      subject: { kind: 'pod', namespace: name('b'), labels: { app: 'server' } },
      peer: { kind: 'pod', namespace: name('a'), labels: { app: 'client' }, address: '10.244.0.1' },
    };
    expect(says(between, seenFromServer)).toEqual([true, true]);
    expect(says(between, { ...toServer, direction: 'ingress' })).toEqual([false, false]);
    expect(says(flow(server, client, tcp(443)), toServer)).toEqual([false, false]);
    expect(says(flow(block, server, tcp(443)), toServer)).toEqual([false, false]);
  });

  it('is of its pods, on its ports, with its requests', () => {
    const other: Connection = { ...toServer, subject: { ...toServer.subject, labels: { app: 'other' } } };
    expect(says(flow(client, server, tcp(443)), other)).toEqual([false, false]);
    expect(says(flow(client, server, tcp(444)), toServer)).toEqual([false, false]);
    const get: RequestMatch = { protocol: 'http', methods: ['GET'] };
    const request = { method: 'GET', path: '/', host: 'h', headers: [] };
    const limited = flow(client, server, tcp(443), [], [get]);
    expect(says(limited, toServer)).toEqual([false, false]);
    expect(says(limited, { ...toServer, sent: { protocol: 'http', request } })).toEqual([true, true]);
    const post = { ...request, method: 'POST' };
    expect(says(limited, { ...toServer, sent: { protocol: 'http', request: post } })).toEqual([false, false]);
  });

  it.each<[IpBlockMode, boolean]>([
    ['pods', true],
    ['may', true],
    ['external-only', false],
  ])('may be to pods at addresses that accept them, where blocks can match pods: %s', (mode, expected) => {
    const accepted = flow(client, block, tcp(443), acknowledgement);
    expect(says(accepted, toServer, mode)).toEqual([false, expected]);
    expect(says(flow(client, block, tcp(443)), toServer, mode)).toEqual([false, false]);
    const elsewhere = { ...block, addresses: ips.fromBlock('10.0.0.0/9') };
    expect(says(flow(client, elsewhere, tcp(443), acknowledgement), toServer, mode)).toEqual([false, false]);
    expect(
      says(
        flow(client, { kind: 'pods', pods: podsIn('c', selectors.anything), owner: 'x' }, tcp(443), acknowledgement),
        toServer,
        mode,
      ),
    ).toEqual([false, false]);
  });

  it.each<[IpBlockMode, boolean, boolean]>([
    ['pods', true, true],
    ['may', true, true],
    ['external-only', true, false],
  ])('may be to what the engine knows by itself at its addresses: %s', (mode, apiServer, nodes) => {
    const toBlock = flow(client, block, tcp(443));
    expect(says(toBlock, toApiServer, mode)).toEqual([false, apiServer]);
    expect(says(toBlock, toNodes, mode)).toEqual([false, nodes]);
    const elsewhere = { ...block, addresses: ips.fromBlock('192.0.2.0/24') };
    expect(says(flow(client, elsewhere, tcp(443)), toApiServer, mode)).toEqual([false, false]);
    const others: Endpoint = { kind: 'pods', pods: podsIn('c', selectors.anything), owner: 'x' };
    expect(says(flow(client, others, tcp(443)), toApiServer, mode)).toEqual([false, false]);
    // An address that is an address is declared for certain.
    expect(says(toBlock, toAddress, mode)).toEqual([true, true]);
  });
});

function rule(peer: RulePeer, more: Partial<Rule> = {}): Rule {
  return {
    policy: policy('a', 'rules'),
    direction: 'egress',
    index: 0,
    subject: podsIn('a', selectors.anything),
    peers: [peer],
    ports: ports.everything,
    action: 'allow',
    ...more,
  };
}

function planeOf(rules: Rule[], more: Partial<Layer> = {}, ipBlockMode: IpBlockMode = 'pods'): Plane {
  const isolations = isolate(policy('a', 'deny'), 'a', selectors.anything);
  return {
    name: 'engine',
    ipBlockMode,
    layers: [{ name: 'layer', order: 'union', rules, isolations, otherwise: 'deny', ...more }],
  };
}

const anything: RulePeer = { kind: 'anything' };

describe('a connection that nothing binds', () => {
  it('passes without any rule that allows it', () => {
    expect(passesByDefault(planeOf([], { isolations: [] }), toServer)).toBe(true);
    expect(passesByDefault({ ...planeOf([]), layers: [] }, toServer)).toBe(true);
    expect(passesByDefault(planeOf([rule(anything)], { isolations: [] }), toServer)).toBe(true);
  });

  it('is not one that passes only by a rule, or that a rule denies', () => {
    expect(passesByDefault(planeOf([rule(anything)]), toServer)).toBe(false);
    expect(decide(planeOf([rule(anything)]), toServer, 'may').admitted).toBe(true);
    const denied = [rule(anything, { action: 'deny' })];
    expect(passesByDefault(planeOf(denied, { isolations: [] }), toServer)).toBe(false);
  });

  it('is one that is passed on to where nothing binds it', () => {
    const passed = planeOf([rule(anything, { action: 'pass' })], { order: 'ranked' });
    expect(passesByDefault(passed, toServer)).toBe(true);
    // Of what may be denied it is not certain that it is.
    const maybe = planeOf([rule(block, { action: 'deny' })], { isolations: [] }, 'may');
    expect(passesByDefault(maybe, toServer)).toBe(true);
  });
});

describe('a decision', () => {
  it('names the rule that admits or denies, and what isolates where none does', () => {
    const allow = rule(anything);
    const deny = rule(anything, { action: 'deny', index: 1 });
    expect(decide(planeOf([allow]), toServer, 'must')).toEqual({ admitted: true, rule: allow, isolations: [] });
    expect(decide(planeOf([allow, deny]), toServer, 'must')).toEqual({ admitted: false, rule: deny, isolations: [] });
    expect(decide(planeOf([allow, deny], { order: 'ranked' }), toServer, 'must').rule).toBe(allow);
    const isolated = planeOf([]);
    expect(decide(isolated, toServer, 'must')).toEqual({
      admitted: false,
      isolations: isolated.layers[0].isolations.filter(({ direction }) => direction === 'egress'),
    });
    expect(decide(planeOf([], { otherwise: 'next' }), toServer, 'must')).toEqual({ admitted: true, isolations: [] });
  });

  it.each<[string, Partial<Rule>, boolean]>([
    ['its pods', {}, true],
    ['other pods', { subject: podsIn('b', selectors.anything) }, false],
    ['the other direction', { direction: 'ingress' }, false],
    ['other ports', { ports: tcp(80) }, false],
    ['its port', { ports: tcp(443) }, true],
    ['its port by name', { ports: ports.named('TCP', 'https') }, true],
    ['one of its peers', { peers: [block, { kind: 'pods', pods: server.pods }] }, true],
  ])('is about %s', (_title, more, expected) => {
    const at = rule({ kind: 'pods', pods: server.pods }, more);
    expect(decide(planeOf([at], {}, 'external-only'), toServer, 'must').admitted).toBe(expected);
  });

  it.each<[string, RulePeer, Connection, IpBlockMode, [must: boolean, may: boolean]]>([
    ['anything', anything, toNodes, 'may', [true, true]],
    ['pods', { kind: 'pods', pods: server.pods }, toServer, 'may', [true, true]],
    ['other pods', { kind: 'pods', pods: client.pods }, toServer, 'may', [false, false]],
    ['pods, to an address', { kind: 'pods', pods: server.pods }, toAddress, 'may', [false, false]],
    ['a block, to an address', block, toAddress, 'external-only', [true, true]],
    ['another block', { ...block, addresses: ips.fromBlock('192.0.2.0/24') }, toAddress, 'pods', [false, false]],
    ['a block, to a pod', block, toServer, 'pods', [true, true]],
    ['a block, to a pod', block, toServer, 'may', [false, true]],
    ['a block, to a pod', block, toServer, 'external-only', [false, false]],
    ['a block, to nodes', block, toNodes, 'pods', [true, true]],
    ['a block, to nodes', block, toNodes, 'may', [false, true]],
    ['a block, to nodes', block, toNodes, 'external-only', [false, false]],
    ['a block, to the API server', block, toApiServer, 'external-only', [false, true]],
    ['the API server', { kind: 'entity', entity: 'api-server' }, toApiServer, 'external-only', [true, true]],
    ['the API server, to nodes', { kind: 'entity', entity: 'api-server' }, toNodes, 'external-only', [false, false]],
    ['the API server, to an address', { kind: 'entity', entity: 'api-server' }, toAddress, 'pods', [false, false]],
  ])('reaches %s (%#)', (_title, peer, connection, mode, expected) => {
    const plane = planeOf([rule(peer)], {}, mode);
    expect((['must', 'may'] as const).map((bound) => decide(plane, connection, bound).admitted)).toEqual(expected);
  });

  it('is certain of names that are allowed, and not of names that are denied', () => {
    const peer: RulePeer = { kind: 'hosts', patterns: [{ kind: 'exact', name: 'api.example.com' }] };
    const named: Connection = { ...toAddress, hosts: ['api.example.com'] };
    const bounds = (plane: Plane) => (['must', 'may'] as const).map((bound) => decide(plane, named, bound).admitted);
    expect(bounds(planeOf([rule(peer)]))).toEqual([true, true]);
    expect(bounds(planeOf([rule(anything), rule(peer, { action: 'deny' })]))).toEqual([false, true]);
  });

  const http: RequestMatch = { protocol: 'http', methods: ['GET'], path: { segments: ['v1'], below: true } };
  const kafka: RequestMatch = { protocol: 'kafka', role: 'produce', topic: 'orders' };
  const dns: RequestMatch = { protocol: 'dns', pattern: '*.example.com' };
  const opaque: RequestMatch = { protocol: 'opaque', text: '/v.*' };
  const get = (path: string) => ({
    protocol: 'http' as const,
    request: { method: 'GET', path, host: 'h', headers: [] },
  });

  it.each<[string, RequestMatch[], Partial<Connection>, boolean]>([
    ['a request', [http], { sent: get('/v1/models') }, true],
    ['another request', [http], { sent: get('/v2') }, false],
    ['nothing that is known', [http], { sent: { protocol: 'other' } }, false],
    ['nothing at all', [http], {}, false],
    ['one of several', [kafka, http], { sent: get('/v1') }, true],
    ['a topic', [kafka], { sent: { protocol: 'kafka', role: 'produce', topic: 'orders' } }, true],
    ['a topic in another role', [kafka], { sent: { protocol: 'kafka', role: 'consume', topic: 'orders' } }, false],
    ['another topic', [kafka], { sent: { protocol: 'kafka', role: 'produce', topic: 'bills' } }, false],
    ['a request, where a topic is meant', [kafka], { sent: get('/v1') }, false],
    [
      'a topic, where a request is meant',
      [http],
      { sent: { protocol: 'kafka', role: 'produce', topic: 'orders' } },
      false,
    ],
    ['a query', [dns], { sent: { protocol: 'dns', patterns: ['*.example.com'] } }, true],
    ['another query', [dns], { sent: { protocol: 'dns', patterns: ['x.test'] } }, false],
    ['a request, where a query is meant', [dns], { sent: get('/v1') }, false],
    ['any query by name', [{ protocol: 'dns', pattern: '*' }], {}, true],
    ['what is not understood', [opaque], { sent: get('/v1') }, false],
    ['what is taken to match', [opaque], { sent: get('/v1'), assumed: ['request /v.*'] }, true],
    ['what something else is taken to match', [opaque], { sent: get('/v1'), assumed: ['request /w.*'] }, false],
  ])('looks at what is sent: %s', (_title, requests, more, expected) => {
    const plane = planeOf([rule(anything, { requests })]);
    expect(decide(plane, { ...toServer, ...more }, 'must').admitted).toBe(expected);
  });
});

describe('the port of a connection', () => {
  it.each<[string, ports.PortSet, Partial<Connection>, boolean]>([
    ['its number', tcp(443), {}, true],
    ['another number', tcp(80), {}, false],
    ['its number of another protocol', ports.number('UDP', 443), {}, false],
    ['its name', ports.named('TCP', 'https'), {}, true],
    ['its name of another protocol', ports.named('UDP', 'https'), {}, false],
    ['another name', ports.named('TCP', 'http'), {}, false],
    ['its name, at an address', ports.named('TCP', 'https'), { peer: toAddress.peer }, false],
    ['its name, from an address', ports.named('TCP', 'https'), { peer: toAddress.peer, direction: 'ingress' }, true],
    ['a protocol without ports', ports.everything, { protocol: 'other', port: 0 }, true],
    ['a protocol without ports, where all ports are meant', ports.allOf('TCP'), { protocol: 'other', port: 0 }, false],
  ])('is %s', (_title, set, more, expected) => {
    expect(hasPorts(set, { ...toServer, ...more })).toBe(expected);
  });
});
