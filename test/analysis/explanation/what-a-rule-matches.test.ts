import { ADDRESS_OF_HOST, connectivity, planeAt } from '../../../lib/analysis';
import * as ips from '../../../lib/model/ip-set';
import type { RulePeer } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { RequestMatch } from '../../../lib/model/request-match';
import * as selectors from '../../../lib/model/selector';
import { type Circumstances, explained, planeOf, worldWith } from './one-rule';

type End = Parameters<typeof explained>[1];
type Case = [what: string, match: 'surely' | 'perhaps' | 'no', to: End, circumstances?: Circumstances];

const SERVER = 'n/Pod/server';
const ON_HOST = 'n/Pod/on-host';
const blocks = (...texts: string[]): RulePeer[] =>
  texts.map((text) => ({ kind: 'addresses', addresses: ips.fromBlock(text) }));
const podRange = { podAddresses: ips.fromBlock('10.0.0.0/16') };
const host = { name: 'api.example.com', addresses: ips.all };

/** Of the explanation; and what it comes to is what connectivity comes to, however it reckons. */
function expectMatch(peers: readonly RulePeer[], [, expected, to, circumstances = {}]: Case): void {
  const plane = planeOf(peers, circumstances);
  const { egress, allowed } = explained(plane, to, circumstances);
  expect(egress.decisions.find((it) => it.kind === 'rule')?.match ?? 'no').toBe(expected);
  if (typeof to !== 'string') {
    const atHost = connectivity(worldWith(circumstances.server), planeAt(plane, { host: to }), circumstances.options);
    expect(atHost.allowed('n/Pod/client', ADDRESS_OF_HOST, 'TCP', 80)).toEqual(allowed);
    return;
  }
  for (const mostOfNarrow of [0, 64]) {
    const found = connectivity(worldWith(circumstances.server), plane, { ...circumstances.options, mostOfNarrow });
    expect(found.allowed('n/Pod/client', to, 'TCP', 80)).toEqual(allowed);
  }
}

describe('a rule about pods', () => {
  const peers: RulePeer[] = [{ kind: 'pods', pods: podsIn('n', selectors.fromLabels({ app: 'server' })) }];
  it.each<Case>([
    ['has a pod with the labels', 'surely', SERVER],
    ['has no pod with others', 'no', SERVER, { server: { labels: { app: 'other' } } }],
    ['perhaps has one whose label is not known', 'perhaps', SERVER, { server: { labels: {}, unknownLabels: ['app'] } }],
    ['has no pod on the host network', 'no', SERVER, { server: { hostNetwork: true } }],
    ['has no address', 'no', '10.0.0.1'],
    ['has no node', 'no', 'nodes'],
    ['has no host', 'no', host],
  ])('%s', (...each) => expectMatch(peers, each));
});

describe('a rule about addresses', () => {
  it.each<Case>([
    ['has one of them', 'surely', '10.0.0.1'],
    ['has no other', 'no', '10.1.0.1'],
    ['has a pod by its address', 'surely', SERVER, { server: { addresses: ['10.0.0.1'] } }],
    ['has no pod that has another', 'no', SERVER, { server: { addresses: ['10.1.0.1'] } }],
    [
      'perhaps has a pod of which it has one address',
      'perhaps',
      SERVER,
      { server: { addresses: ['10.0.0.1', 'fd00::1'] } },
    ],
    [
      'has no pod where blocks are about what is outside',
      'no',
      SERVER,
      { mode: 'external-only', server: { addresses: ['10.0.0.1'] } },
    ],
    [
      'perhaps has one where it is not known what blocks are about',
      'perhaps',
      SERVER,
      { mode: 'may', server: { addresses: ['10.0.0.1'] } },
    ],
    ['has a pod that can have no other', 'surely', SERVER, { options: podRange }],
    ['perhaps has a pod that can have others', 'perhaps', SERVER],
    ['has no pod that can have only others', 'no', SERVER, { options: { podAddresses: ips.fromBlock('10.1.0.0/16') } }],
    ['perhaps has nodes and the API server', 'perhaps', 'nodes'],
    ['has no nodes where blocks are about what is outside', 'no', 'nodes', { mode: 'external-only' }],
    ['perhaps has the API server there', 'perhaps', 'api-server', { mode: 'external-only' }],
    ['perhaps has a host that can have others', 'perhaps', host],
    ['has a host that can have no other', 'surely', { ...host, addresses: ips.fromBlock('10.0.0.0/24') }],
    ['has no host that has others', 'no', { ...host, addresses: ips.fromBlock('192.0.2.0/24') }],
  ])('%s', (...each) => expectMatch(blocks('10.0.0.0/16'), each));

  it('has a pod whose address is in one of its blocks, whichever', () => {
    const halves = blocks('10.0.0.0/17', '10.0.128.0/17');
    expectMatch(halves, ['', 'surely', SERVER, { options: podRange }]);
    expectMatch(halves.slice(1), ['', 'perhaps', SERVER, { options: podRange }]);
  });
});

describe('a rule about host names', () => {
  const named: RulePeer[] = [{ kind: 'hosts', patterns: [{ kind: 'exact', name: 'api.example.com' }] }];
  it.each<Case>([
    ['has a host of that name', 'surely', host],
    ['has no host of another', 'no', { ...host, name: 'other.example.com' }],
    [
      'perhaps denies a host of that name, since the engine learns addresses',
      'perhaps',
      host,
      { rule: { action: 'deny' } },
    ],
    ['perhaps has an address', 'perhaps', '10.0.0.1'],
    ['has no pod', 'no', SERVER],
    ['has no node', 'no', 'nodes'],
  ])('%s', (...each) => expectMatch(named, each));

  it('perhaps has any host where its pattern is not understood, unless another pattern has it', () => {
    const opaque = { kind: 'opaque', text: 'a?i.example.com' } as const;
    expectMatch([{ kind: 'hosts', patterns: [opaque] }], ['', 'perhaps', host]);
    expectMatch([{ kind: 'hosts', patterns: [opaque, { kind: 'any' }] }], ['', 'surely', host]);
  });
});

describe('a rule about nodes', () => {
  it.each<Case>([
    ['has them', 'surely', 'nodes'],
    ['perhaps has the API server, which may run on one', 'perhaps', 'api-server'],
    ['has a pod on the host network', 'surely', ON_HOST],
    ['has no pod with a network of its own', 'no', SERVER],
    ['has no address', 'no', '10.0.0.1'],
    ['has no host', 'no', host],
  ])('%s', (...each) => expectMatch([{ kind: 'entity', entity: 'nodes' }], each));
});

describe('a rule about the API server', () => {
  it.each<Case>([
    ['has it', 'surely', 'api-server'],
    ['perhaps has nodes, on which it may run', 'perhaps', 'nodes'],
    ['perhaps has a pod on the host network, which it may be', 'perhaps', ON_HOST],
    ['has no pod with a network of its own', 'no', SERVER],
  ])('%s', (...each) => expectMatch([{ kind: 'entity', entity: 'api-server' }], each));
});

describe('a rule about the name of a port', () => {
  const rule = { ports: ports.named('TCP', 'http') };
  const called = [{ name: 'http', protocol: 'TCP', number: 80 }] as const;
  it.each<Case>([
    ['has the port that the pod calls so', 'surely', SERVER, { rule, server: { ports: called } }],
    ['has no port of a pod that calls none so', 'no', SERVER, { rule }],
    ['perhaps has one of a pod that may call it so', 'perhaps', SERVER, { rule, server: { mayHaveMorePorts: true } }],
    ['has no port of a pod on the host network', 'no', SERVER, { rule, server: { ports: called, hostNetwork: true } }],
    ['has no port of an address', 'no', '10.0.0.1', { rule }],
    ['has no port of nodes', 'no', 'nodes', { rule }],
  ])('%s', (...each) => expectMatch([{ kind: 'anything' }], each));

  it.each<Case>([
    [
      'of another protocol has none of a pod that may call it so',
      'no',
      SERVER,
      { rule: { ports: ports.named('UDP', 'http') }, server: { mayHaveMorePorts: true } },
    ],
    [
      'has no port where it is about numbers alone',
      'no',
      SERVER,
      { rule: { ports: ports.number('TCP', 81) }, server: { mayHaveMorePorts: true } },
    ],
  ])('%s', (...each) => expectMatch([{ kind: 'anything' }], each));
});

describe('a rule about requests', () => {
  it('matches perhaps what is sent where that is not known, and no other ports', () => {
    const requests = [{ protocol: 'http', methods: ['GET'] }] as const;
    expectMatch([{ kind: 'anything' }], ['', 'perhaps', SERVER, { rule: { requests } }]);
    expectMatch([{ kind: 'anything' }], ['', 'no', SERVER, { rule: { requests, ports: ports.number('TCP', 81) } }]);
  });

  it.each<[string, 'surely' | 'perhaps' | 'no', readonly RequestMatch[]]>([
    ['that are sent', 'surely', [{ protocol: 'http', methods: ['GET'] }]],
    [
      'one of which is sent',
      'surely',
      [
        { protocol: 'http', methods: ['PUT'] },
        { protocol: 'http', methods: ['GET'] },
      ],
    ],
    ['that are not sent', 'no', [{ protocol: 'http', methods: ['PUT'] }]],
    ['that are not understood', 'perhaps', [{ protocol: 'opaque', text: '?' }]],
  ])('matches those %s: %s', (_, expected, requests) => {
    const sent = { protocol: 'http', request: { method: 'GET', path: '/', host: '', headers: [] } } as const;
    const plane = planeOf([{ kind: 'anything' }], { rule: { requests } });
    const { egress, allowed } = explained(plane, SERVER, {}, { sent });
    expect(egress.decisions.find((it) => it.kind === 'rule')?.match ?? 'no').toBe(expected);
    const found = connectivity(worldWith(), planeAt(plane, { sent }));
    expect(found.allowed('n/Pod/client', SERVER, 'TCP', 80)).toEqual(allowed);
    expect(allowed).toEqual({ must: expected === 'surely', may: expected !== 'no' });
  });
});

describe('a plane as a request or a name meets it', () => {
  const sent = { protocol: 'http', request: { method: 'GET', path: '/', host: '', headers: [] } } as const;

  it('is as it was where nothing is known of either', () => {
    const plane = planeOf([{ kind: 'anything' }], { rule: { requests: [{ protocol: 'http', methods: ['GET'] }] } });
    expect(planeAt(plane, {})).toEqual(plane);
  });

  it('keeps what is not about requests, and says no more of what is than that it is there', () => {
    const plain = planeOf([{ kind: 'anything' }]);
    const asked = planeOf([{ kind: 'anything' }], { rule: { requests: [{ protocol: 'http', methods: ['GET'] }] } });
    expect(planeAt(plain, { sent })).toEqual(plain);
    expect(planeAt(asked, { sent })).toEqual(plain);
  });

  it('keeps what comes in, whatever name is asked for', () => {
    const [layer] = planeOf([{ kind: 'anything' }]).layers;
    const plane = {
      ...planeOf([]),
      layers: [{ ...layer, rules: [{ ...layer.rules[0], direction: 'ingress' as const }] }],
    };
    expect(planeAt(plane, { host })).toEqual(plane);
  });
});
