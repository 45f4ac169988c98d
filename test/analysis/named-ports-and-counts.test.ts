import { connectivity, explain, explanationText, mend, readManifests } from '../../lib/analysis';
import * as ips from '../../lib/model/ip-set';
import type { Isolation, Layer, Plane, Rule, RulePeer } from '../../lib/model/layer';
import { podSet, podsIn } from '../../lib/model/pod-set';
import * as ports from '../../lib/model/port-set';
import * as selectors from '../../lib/model/selector';

const every = podSet(selectors.anything, selectors.anything);
const anything: RulePeer = { kind: 'anything' };
const policy = { kind: 'ClusterNetworkPolicy', name: 'guard' };
const pods = (app: string) => podsIn('x', selectors.fromLabels({ app }));

function pod(name: string, app: string, http?: number) {
  const container = { name: 'c', ...(http === undefined ? {} : { ports: [{ name: 'http', containerPort: http }] }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'x', labels: { app } },
    spec: { containers: [container] },
  };
}

function rule(action: Rule['action'], more: Partial<Rule> = {}): Rule {
  return {
    policy,
    direction: 'ingress',
    index: 0,
    subject: every,
    peers: [anything],
    ports: ports.everything,
    action,
    ...more,
  };
}

const isolated = (direction: Rule['direction'], subject = every): Isolation => ({ policy, direction, subject });

/** Ranked layers, so that what is decided is decided in order. */
function planeOf(rules: readonly Rule[], more: Partial<Layer> = {}): Plane {
  const layer: Layer = { name: 'Admin', order: 'ranked', rules, isolations: [], otherwise: 'deny', ...more };
  return { name: 'engine', layers: [layer], ipBlockMode: 'external-only' };
}

describe('a port by name under layers in order', () => {
  const { world } = readManifests([
    pod('client', 'client', 9999),
    pod('low', 'server', 8080),
    pod('high', 'server', 9090),
    pod('silent', 'server'),
  ]);
  const http = ports.named('TCP', 'http');
  const open = (plane: Plane) => {
    const found = connectivity(world, plane);
    return ['low', 'high', 'silent'].map((to) =>
      [8080, 9090, 9999].filter((port) => found.allowed('x/Pod/client', `x/Pod/${to}`, 'TCP', port).must),
    );
  };

  it('is what each destination calls so, at its own end', () => {
    const isolations = [isolated('ingress')];
    expect(open(planeOf([rule('allow', { ports: http })], { isolations }))).toEqual([[8080], [9090], []]);
    const some = [
      rule('allow', { ports: http, subject: pods('server') }),
      rule('allow', { ports: ports.number('TCP', 9999), index: 1 }),
    ];
    expect(open(planeOf(some, { isolations }))).toEqual([[8080, 9999], [9090, 9999], [9999]]);
    const denied = [rule('deny', { ports: http }), rule('allow', { index: 1 })];
    expect(open(planeOf(denied, { isolations }))).toEqual([
      [9090, 9999],
      [8080, 9999],
      [8080, 9090, 9999],
    ]);
  });

  it('is what each destination calls so, at the end of the pods that ask', () => {
    const isolations = [isolated('egress')];
    const outward = rule('allow', { direction: 'egress', ports: http });
    expect(open(planeOf([outward], { isolations }))).toEqual([[8080], [9090], []]);
    const denied = [{ ...outward, action: 'deny' as const }, rule('allow', { direction: 'egress', index: 1 })];
    expect(open(planeOf(denied, { isolations }))).toEqual([
      [9090, 9999],
      [8080, 9999],
      [8080, 9090, 9999],
    ]);
  });

  it('lets nothing out to addresses, which have no names', () => {
    const found = (more: Partial<Rule>) =>
      connectivity(
        world,
        planeOf([rule('allow', { direction: 'egress', ...more })], { isolations: [isolated('egress')] }),
      );
    expect(found({ ports: http }).allowed('x/Pod/client', '192.0.2.1', 'TCP', 9999).may).toBe(false);
    expect(found({}).allowed('x/Pod/client', '192.0.2.1', 'TCP', 9999).must).toBe(true);
  });

  it('lets in from addresses by the names of the pod', () => {
    const found = connectivity(world, planeOf([rule('allow', { ports: http })], { isolations: [isolated('ingress')] }));
    const into = (to: string, port: number) => found.allowed('192.0.2.1', `x/Pod/${to}`, 'TCP', port).must;
    expect([into('low', 8080), into('low', 9090), into('high', 9090), into('silent', 8080)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

describe('the pairs of workloads', () => {
  // Three alike, two alike and one by itself: of what is alike, every pair but that of a workload with itself.
  const { world } = readManifests([
    ...['c2', 'c0', 'c1'].map((name) => pod(name, 'client')),
    ...['s1', 's0'].map((name) => pod(name, 'server')),
    pod('other', 'other'),
  ]);
  const allow = (subject: string, from: string, index: number) =>
    rule('allow', { subject: pods(subject), peers: [{ kind: 'pods', pods: pods(from) }], index });
  const isolations = [isolated('ingress')];

  it.each<[string, Rule[], number]>([
    ['none', [], 0],
    ['each of some to each of others', [allow('server', 'client', 0)], 3 * 2],
    ['each of some to each other of them', [allow('client', 'client', 0)], 3 * 2],
    ['both', [allow('server', 'client', 0), allow('client', 'client', 1), allow('server', 'server', 2)], 6 + 6 + 2],
    ['one to many, and many to one', [allow('server', 'other', 0), allow('other', 'client', 1)], 2 + 3],
    ['all', [rule('allow')], 6 * 5],
  ])('are counted and listed in the order of the workloads: %s', (_title, rules, count) => {
    const found = connectivity(world, planeOf(rules, { isolations }));
    const listed = [...found.pairs()].map(({ from, to }) => [from.id, to.id]);
    expect(found.counts()).toEqual({ must: count, may: count });
    expect(listed).toHaveLength(count);
    const ids = world.workloads.map(({ id }) => id);
    const expected = ids.flatMap((from) =>
      ids.filter((to) => to !== from && found.allowed(from, to, 'TCP', 80).must).map((to) => [from, to]),
    );
    expect(listed).toEqual(expected);
  });
});

describe('what an explanation asks to change', () => {
  const { world } = readManifests([pod('client', 'client'), pod('server', 'server')]);
  const isolations = [isolated('egress')];
  const toAddress = { from: 'x/Pod/client', to: '198.51.100.1', protocol: 'TCP' as const, port: 443 };
  const block: RulePeer = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };

  it('is the addresses of the nearest rule, which then allows it', () => {
    const plane = planeOf(
      [rule('allow', { direction: 'egress', peers: [block, { kind: 'pods', pods: pods('server') }] })],
      { isolations },
    );
    const { egress, allowed, connection } = explain(world, plane, toAddress);
    expect(allowed).toEqual({ must: false, may: false });
    expect(egress.nearest?.lacks.map(({ kind }) => kind)).toEqual(['address']);
    expect(explanationText(explain(world, plane, toAddress))).toContain(
      'which has the addresses 192.0.2.0/24 and not 198.51.100.1',
    );
    if (egress.nearest === undefined) throw new Error('nothing is named');
    const mended = mend(plane, egress.nearest, egress.nearest.lacks, connection);
    expect(explain(world, mended, toAddress).allowed).toEqual({ must: true, may: true });
    // The pods of the rule stay as they are.
    const [peerBlock, peerPods] = mended.layers[0].rules[0].peers;
    expect(peerPods).toEqual({ kind: 'pods', pods: pods('server') });
    expect(peerBlock).toEqual({
      kind: 'addresses',
      addresses: ips.union(ips.fromBlock('192.0.2.0/24'), ips.fromAddress('198.51.100.1')),
    });
  });

  it('names the file of a policy where it came from one', () => {
    const from = { ...policy, source: 'all.yaml, document 2' };
    const plane = planeOf([rule('allow', { direction: 'egress', peers: [block], policy: from })], { isolations });
    expect(explanationText(explain(world, plane, toAddress))).toContain(
      'nearest is ClusterNetworkPolicy guard (all.yaml, document 2) spec.egress[0]',
    );
  });

  it('is a peer where the rule has none of that kind', () => {
    const plane = planeOf([rule('allow', { direction: 'egress', peers: [{ kind: 'entity', entity: 'nodes' }] })], {
      isolations,
    });
    const { egress } = explain(world, plane, toAddress);
    expect(egress.nearest?.lacks.map(({ kind }) => kind)).toEqual(['peer']);
  });

  it('is the labels of the peer, by what the pod has', () => {
    const asked = { from: 'x/Pod/client', to: 'x/Pod/server', protocol: 'TCP' as const, port: 443 };
    const wants = (operator: 'In' | 'NotIn' | 'Exists', values: string[] = [], key = 'app') => {
      const selector = selectors.fromRequirements([
        operator === 'Exists' ? { key, operator } : { key, operator, values },
      ]);
      const peers: RulePeer[] = [{ kind: 'pods', pods: podsIn('x', selector) }];
      const plane = planeOf([rule('allow', { direction: 'egress', peers })], { isolations });
      const { egress, connection } = explain(world, plane, asked);
      if (egress.nearest === undefined) throw new Error('nothing is named');
      const mended = mend(plane, egress.nearest, egress.nearest.lacks, connection);
      expect(explain(world, mended, asked).allowed).toEqual({ must: true, may: true });
      const [peer] = mended.layers[0].rules[0].peers;
      return peer.kind === 'pods' ? selectors.selectorText(peer.pods.pods) : undefined;
    };
    const text = (requirements: Parameters<typeof selectors.fromRequirements>[0]) =>
      selectors.selectorText(selectors.fromRequirements(requirements));
    expect(wants('In', ['a', 'b'])).toBe(text([{ key: 'app', operator: 'In', values: ['a', 'b', 'server'] }]));
    expect(wants('NotIn', ['server', 'b'])).toBe(text([{ key: 'app', operator: 'NotIn', values: ['b'] }]));
    // Of a label that the pod has not, that it may be absent is let in.
    expect(wants('Exists', [], 'team')).toBe(selectors.selectorText(selectors.anything));
  });
});

describe('ends that the engine knows by themselves', () => {
  const { world } = readManifests([pod('client', 'client')]);
  const to = (entity: 'nodes' | 'api-server', end: string) => {
    const plane = planeOf([rule('allow', { direction: 'egress', peers: [{ kind: 'entity', entity }] })], {
      isolations: [isolated('egress')],
    });
    return explain(world, plane, { from: 'x/Pod/client', to: end, protocol: 'TCP', port: 443 }).allowed;
  };

  it('are surely what they are called, and one of them may be the other', () => {
    expect(to('nodes', 'nodes')).toEqual({ must: true, may: true });
    expect(to('api-server', 'api-server')).toEqual({ must: true, may: true });
    expect(to('nodes', 'api-server')).toEqual({ must: false, may: true });
    expect(to('nodes', '192.0.2.1')).toEqual({ must: false, may: false });
  });
});
