import { mend } from '../../../lib/analysis';
import * as ips from '../../../lib/model/ip-set';
import type { Layer, Plane, RulePeer } from '../../../lib/model/layer';
import { anyPods, NAMESPACE_NAME_LABEL, namespaceNamed, podSet, podSetText, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import type { Sent } from '../../../lib/model/sent';
import { type Circumstances, explained, planeOf } from './one-rule';

type Asked = Parameters<typeof explained>;

const SERVER = 'n/Pod/server';
const anything: RulePeer[] = [{ kind: 'anything' }];
const block: RulePeer[] = [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }];
const host = (name: string) => ({ name, addresses: ips.fromBlock('198.51.100.0/24') });

/** The plane in which what is asked passes, and nothing more. */
function mended(peers: readonly RulePeer[], circumstances: Circumstances, to: Asked[1], more: Asked[3] = {}): Plane {
  const plane = planeOf(peers, circumstances);
  const { egress, allowed, connection } = explained(plane, to, {}, more);
  expect(allowed.may).toBe(false);
  if (egress.nearest === undefined) throw new Error('nothing is near');
  const changed = mend(plane, egress.nearest, egress.nearest.lacks, connection);
  expect(passes(changed, to, more)).toBe(true);
  expect(mend(plane, egress.nearest, [], connection)).toEqual(plane);
  return changed;
}

function passes(plane: Plane, to: Asked[1], more: Asked[3] = {}): boolean {
  return explained(plane, to, {}, more).allowed.must;
}

function http(method: string, path: string, more: Partial<{ host: string; headers: string[] }> = {}): Asked[3] {
  return { sent: { protocol: 'http', request: { method, path, host: '', headers: [], ...more } } };
}

describe('a rule that is mended', () => {
  it('lets one more request through, and no other', () => {
    const rule = {
      requests: [{ protocol: 'http', methods: ['GET'], path: { segments: ['v1'], below: true } }],
    } as const;
    const plane = mended(anything, { rule }, SERVER, http('POST', '/v2/models'));
    expect(passes(plane, SERVER, http('GET', '/v1/models'))).toBe(true);
    expect(passes(plane, SERVER, http('GET', '/v2/models'))).toBe(false);
    expect(passes(plane, SERVER, http('POST', '/v2'))).toBe(false);
    expect(passes(plane, SERVER, http('POST', '/v2/models/a'))).toBe(false);
  });

  it('lets a request to the root through, and not what is below', () => {
    const rule = { requests: [{ protocol: 'http', methods: ['POST'] }] } as const;
    const plane = mended(anything, { rule }, SERVER, http('GET', '/'));
    expect(passes(plane, SERVER, http('GET', '/a'))).toBe(false);
  });

  it('asks of a request the host and the headers that it has', () => {
    const rule = { requests: [{ protocol: 'http', methods: ['POST'] }] } as const;
    const more = { host: 'api.example.com', headers: ['x-key'] };
    const plane = mended(anything, { rule }, SERVER, http('GET', '/', more));
    expect(passes(plane, SERVER, http('GET', '/', { ...more, host: 'other.example.com' }))).toBe(false);
    expect(passes(plane, SERVER, http('GET', '/', { ...more, headers: [] }))).toBe(false);
  });

  it('lets one more topic of Kafka through', () => {
    const sent = (topic: string): Sent => ({ protocol: 'kafka', role: 'produce', topic });
    const rule = { requests: [{ protocol: 'kafka', role: 'produce', topic: 'orders' }] } as const;
    const plane = mended(anything, { rule }, SERVER, { sent: sent('events') });
    expect(passes(plane, SERVER, { sent: sent('orders') })).toBe(true);
    expect(passes(plane, SERVER, { sent: sent('other') })).toBe(false);
  });

  it('lets one more host through, and no other', () => {
    const named: RulePeer[] = [...block, { kind: 'hosts', patterns: [{ kind: 'exact', name: 'a.example.com' }] }];
    const plane = mended(named, {}, host('b.example.com'));
    expect(passes(plane, host('a.example.com'))).toBe(true);
    expect(passes(plane, host('c.example.com'))).toBe(false);
    expect(passes(plane, '192.0.2.1')).toBe(true);
  });

  it('lets one more address through, and no other', () => {
    const plane = mended(block, {}, '203.0.113.1');
    expect(passes(plane, '203.0.113.2')).toBe(false);
    expect(passes(plane, '192.0.2.1')).toBe(true);
  });

  it.each<[string, Asked[1], Asked[1]]>([
    ['a host', host('b.example.com'), host('c.example.com')],
    ['a pod', SERVER, '203.0.113.1'],
  ])('gets a peer for %s where it has none of the kind', (_, to, other) => {
    const outside: RulePeer[] = [{ kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') }];
    const plane = mended(outside, { mode: 'external-only' }, to);
    expect(passes(plane, other)).toBe(false);
  });

  it('gets a peer for an entity where it has none of the kind', () => {
    const named: RulePeer[] = [{ kind: 'hosts', patterns: [{ kind: 'any' }] }];
    const plane = mended(named, {}, 'nodes');
    expect(passes(plane, SERVER)).toBe(false);
  });

  it('keeps the ports that it had, and gets the one that is asked for', () => {
    const plane = mended(anything, { rule: { ports: ports.number('TCP', 81) } }, SERVER);
    expect(passes(plane, SERVER, { port: 81 })).toBe(true);
    expect(passes(plane, SERVER, { port: 82 })).toBe(false);
  });

  it('lets in by one label more, of the peer that is nearest alone', () => {
    const far: RulePeer = { kind: 'pods', pods: podsIn('m', selectors.fromLabels({ app: 'a', tier: 'b' })) };
    const near: RulePeer = { kind: 'pods', pods: podsIn('n', selectors.fromLabels({ app: 'other' })) };
    const [layer] = mended([far, near], {}, SERVER).layers;
    expect(layer.rules[0].peers.map((peer) => peer.kind === 'pods' && podSetText(peer.pods))).toEqual([
      podSetText(far.kind === 'pods' ? far.pods : anyPods),
      podSetText(podsIn('n', selectors.fromLabelSelector({ matchExpressions: [among('app', 'other', 'server')] }))),
    ]);
  });

  it('lets in by the label of a namespace, and without a label where the pod has none', () => {
    const wanted = podSet(namespaceNamed('m'), selectors.fromLabels({ app: 'server', tier: 'b' }));
    const plane = mended([{ kind: 'pods', pods: wanted }], {}, SERVER);
    const [peer] = plane.layers[0].rules[0].peers;
    if (peer.kind !== 'pods') throw new Error('it is about pods');
    const { namespaces, pods } = peer.pods;
    expect(['m', 'n', 'o'].map((name) => selectors.matches(namespaces, { [NAMESPACE_NAME_LABEL]: name }))).toEqual([
      true,
      true,
      false,
    ]);
    const matches = (labels: Record<string, string>) => selectors.matches(pods, labels);
    expect(matches({ app: 'server' })).toBe(true);
    expect(matches({ app: 'server', tier: 'b' })).toBe(true);
    expect(matches({ app: 'server', tier: 'c' })).toBe(false);
    expect(matches({ tier: 'b' })).toBe(false);
  });

  it('is one of its layer, and the others stay as they are', () => {
    const plane = planeOf(block);
    const [layer] = plane.layers;
    const rules = [
      layer.rules[0],
      { ...layer.rules[0], index: 1, peers: [{ kind: 'entity', entity: 'nodes' }] } as const,
    ];
    const before: Layer = { ...layer, name: 'before', isolations: [], otherwise: 'next' };
    const both: Plane = { ...plane, layers: [before, { ...layer, rules }] };
    const { egress, connection } = explained(both, '203.0.113.1');
    if (egress.nearest === undefined) throw new Error('nothing is near');
    const changed = mend(both, egress.nearest, egress.nearest.lacks, connection);
    expect(changed.layers[0]).toBe(before);
    expect(changed.layers[1].rules[1]).toBe(rules[1]);
    expect(changed.layers[1].rules[0]).not.toBe(rules[0]);
  });
});

describe('what is missing altogether', () => {
  it.each<[string, Asked[1], Asked[1]]>([
    ['a pod', SERVER, '192.0.2.1'],
    ['an address', '192.0.2.1', '192.0.2.2'],
    ['a host', host('a.example.com'), host('b.example.com')],
    ['nodes', 'nodes', SERVER],
  ])('is a rule for %s on the one port', (_, to, other) => {
    const plane = planeOf([]);
    const empty: Plane = { ...plane, layers: plane.layers.map((layer) => ({ ...layer, rules: [] })) };
    const { egress, connection } = explained(empty, to);
    expect(egress.nearest).toMatchObject({
      policy: { name: 'only' },
      layer: 'NetworkPolicy',
      lacks: [{ kind: 'rule' }],
    });
    if (egress.nearest === undefined) throw new Error('nothing is near');
    const { layers } = mend(empty, egress.nearest, egress.nearest.lacks, connection);
    expect(layers[0].rules).toMatchObject([
      { policy: { name: 'only' }, direction: 'egress', index: 0, action: 'allow' },
    ]);
    const added = { ...empty, layers };
    expect(passes(added, to)).toBe(true);
    expect(passes(added, other)).toBe(false);
    expect(passes(added, to, { port: 81 })).toBe(false);
    expect(passes(added, to, { from: 'n/Pod/server' })).toBe(false);
  });
});

describe('a rule that denies', () => {
  it('goes, and the others of its layer stay', () => {
    const plane = planeOf(anything);
    const [layer] = plane.layers;
    const [allow] = layer.rules;
    const [may, deny] = [
      { ...allow, action: 'deny', isUncertain: true } as const,
      { ...allow, action: 'deny' } as const,
    ];
    const denying: Plane = { ...plane, layers: [{ ...layer, order: 'ranked', rules: [may, deny, allow] }] };
    const { egress, connection } = explained(denying, SERVER);
    expect(egress.nearest?.rule).toBe(deny);
    if (egress.nearest === undefined) throw new Error('nothing is near');
    const { layers } = mend(denying, egress.nearest, egress.nearest.lacks, connection);
    expect(layers[0].rules).toEqual([may, allow]);
  });
});

function among(key: string, ...values: string[]) {
  return { key, operator: 'In', values };
}
