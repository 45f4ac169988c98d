import { explain, explanationText } from '../../../lib/analysis';
import * as ips from '../../../lib/model/ip-set';
import type { Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { type Circumstances, explained, planeOf, worldWith } from './one-rule';

type Asked = Parameters<typeof explained>;

const SERVER = 'n/Pod/server';
const anything: RulePeer = { kind: 'anything' };
const server: RulePeer = { kind: 'pods', pods: podsIn('n', selectors.fromLabels({ app: 'server' })) };
const other: RulePeer = { kind: 'pods', pods: podsIn('n', selectors.fromLabels({ app: 'other' })) };
const host = (name: string) => ({ name, addresses: ips.all });

/** The one layer with these rules instead of its own, each as its own but for what is given. */
function withRules(order: Layer['order'], ...rules: readonly Partial<Rule>[]): Plane {
  const plane = planeOf([anything]);
  const [layer] = plane.layers;
  return {
    ...plane,
    layers: [{ ...layer, order, rules: rules.map((rule, index) => ({ ...layer.rules[0], index, ...rule })) }],
  };
}

describe('the rules that are named', () => {
  const named = (plane: Plane) =>
    explained(plane, SERVER).egress.decisions.map((it) => (it.kind === 'rule' ? it.rule.index : it.kind));

  it('are all that allow, where each does', () => {
    const rules = [{}, { peers: [other] }, { peers: [server] }];
    expect(named(withRules('union', ...rules))).toEqual([0, 2]);
  });

  it('are the first alone, where it decides', () => {
    expect(named(withRules('ranked', {}, {}))).toEqual([0]);
  });

  it('are all that deny and none that allow, where one denies', () => {
    expect(named(withRules('union', {}, { action: 'deny' }, { action: 'deny' }))).toEqual([1, 2]);
  });

  it('are those that may decide up to the one that does', () => {
    const rules: Partial<Rule>[] = [
      { isUncertain: true },
      { isUncertain: true, action: 'deny' },
      {},
      { action: 'deny' },
    ];
    const plane = withRules('ranked', ...rules);
    expect(named(plane)).toEqual([0, 1, 2]);
    expect(explained(plane, SERVER).egress.verdict).toBe('perhaps');
  });

  it('are those that pass on too, where a later layer allows', () => {
    const [layer] = planeOf([anything]).layers;
    const before: Layer = {
      ...layer,
      name: 'before',
      rules: [{ ...layer.rules[0], action: 'pass' }],
      otherwise: 'next',
    };
    const plane = { ...planeOf([]), layers: [before, layer] };
    const { verdict, decisions } = explained(plane, SERVER).egress;
    expect(verdict).toBe('allowed');
    expect(decisions.map((it) => it.kind === 'rule' && it.rule.action)).toEqual(['pass', 'allow']);
  });

  it('leave out what denies perhaps, in words, where something later denies surely', () => {
    const [layer] = planeOf([anything]).layers;
    const [rule] = layer.rules;
    const policy = { kind: 'NetworkPolicy', namespace: 'n', name: 'unread' };
    const before: Layer = {
      ...layer,
      name: 'before',
      rules: [{ ...rule, policy, action: 'deny', isUncertain: true }],
      isolations: [{ ...layer.isolations[0], policy, isUncertain: true }],
    };
    const last: Layer = { ...layer, name: 'last', rules: [{ ...rule, action: 'deny' }] };
    const explanation = explained({ ...planeOf([]), layers: [before, last] }, SERVER);
    expect(explanation.egress.nearest).toMatchObject({ layer: 'last', lacks: [{ kind: 'deny' }] });
    expect(explanationText(explanation)).toContain(
      'egress of n/Pod/client: denied by\n    NetworkPolicy n/only spec.egress[0] in last\n',
    );
  });

  it('are none where a layer isolates and leaves the rest to the next', () => {
    const plane = withRules('union');
    const { verdict, decisions } = explained(
      { ...plane, layers: [{ ...plane.layers[0], otherwise: 'next' }] },
      SERVER,
    ).egress;
    expect([verdict, decisions]).toEqual(['open', [{ kind: 'default' }]]);
  });
});

describe('the ends of a connection that is explained', () => {
  it('are addresses as they are usually written', () => {
    expect(explained(planeOf([anything]), '2001:DB8:0::1').connection.to).toEqual({
      kind: 'address',
      address: '2001:db8::1',
    });
  });

  it('are refused where there is no such workload, and no such address', () => {
    expect(() => explained(planeOf([anything]), 'n/Pod/other')).toThrow(/There is no workload 'n\/Pod\/other'/);
    expect(() => explained(planeOf([anything]), 'other')).toThrow(/other/);
  });

  it('may be in a namespace of which nothing is known', () => {
    const world = { ...worldWith(), namespaces: [] };
    const asked = { from: 'n/Pod/client', to: SERVER, protocol: 'TCP', port: 80 } as const;
    expect(explain(world, planeOf([server]), asked).egress.verdict).toBe('denied');
  });
});

describe('the rule that is nearest', () => {
  const nearest = (plane: Plane, to: Asked[1] = SERVER, more: Asked[3] = {}) => {
    const { nearest: found } = explained(plane, to, {}, more).egress;
    return { index: found?.rule?.index, peer: found?.peer, lacks: found?.lacks.map(({ kind }) => kind) };
  };
  const on81 = ports.number('TCP', 81);

  it('is the one that lacks the fewest, and the first of equals', () => {
    const [far, near, equal] = [{ peers: [other], ports: on81 }, { peers: [other] }, { ports: on81 }];
    expect(nearest(withRules('union', far, near, equal))).toEqual({ index: 1, peer: 0, lacks: ['pod-label'] });
    expect(nearest(withRules('union', far, equal, near))).toEqual({ index: 1, peer: 0, lacks: ['port'] });
  });

  it('has the peer that lacks the fewest, and the first of equals', () => {
    const elsewhere: RulePeer = { kind: 'pods', pods: podsIn('m', selectors.fromLabels({ app: 'other' })) };
    expect(nearest(withRules('union', { peers: [elsewhere, other, other] }))).toMatchObject({ peer: 1 });
  });

  it('is none that denies', () => {
    const rules: Partial<Rule>[] = [
      { action: 'deny', peers: [other] },
      { peers: [other], ports: on81 },
    ];
    expect(nearest(withRules('union', ...rules))).toMatchObject({ index: 1 });
  });

  it('needs another peer where those that it has are of other kinds, or select nobody', () => {
    const nobody = selectors.fromLabelSelector({
      matchExpressions: [
        { key: 'app', operator: 'Exists' },
        { key: 'app', operator: 'DoesNotExist' },
      ],
    });
    const block: RulePeer = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };
    const pods: RulePeer = { kind: 'pods', pods: podsIn('n', nobody) };
    expect(nearest(withRules('union', { peers: [pods] }))).toEqual({ index: 0, peer: undefined, lacks: ['peer'] });
    expect(nearest(withRules('union', { peers: [block] }), 'nodes', {})).toMatchObject({ lacks: undefined });
    expect(nearest(withRules('union', { peers: [server] }), 'nodes')).toMatchObject({ lacks: ['peer'] });
    expect(nearest(withRules('union', { peers: [server] }), '192.0.2.1')).toMatchObject({ lacks: ['peer'] });
    expect(nearest(withRules('union', { peers: [server] }), host('a.example.com'))).toMatchObject({ lacks: ['peer'] });
  });

  it('is the one that denies where nothing else stops it, and its layer is named', () => {
    const plane = withRules('ranked', { action: 'deny' });
    expect(explained(plane, SERVER).egress.nearest).toMatchObject({
      layer: 'NetworkPolicy',
      lacks: [{ kind: 'deny' }],
    });
  });
});

describe('the text of an explanation of requests, names and entities', () => {
  const text = (peers: readonly RulePeer[], to: Asked[1], circumstances: Circumstances = {}, more: Asked[3] = {}) =>
    explanationText(explained(planeOf(peers, circumstances), to, circumstances, more))
      .split('\n')
      .slice(0, -1);
  const policy = 'NetworkPolicy n/only';
  const denied = `  egress of n/Pod/client: isolated by ${policy}, and no rule allows it`;
  const open = `  egress of n/Pod/client: allowed or denied, by what is not known here`;
  const otherwise = `    isolated by ${policy}, and denied otherwise`;
  const names: RulePeer = {
    kind: 'hosts',
    patterns: [
      { kind: 'exact', name: 'a.example.com' },
      { kind: 'one-label', under: 'example.org' },
    ],
  };
  const opaque: RulePeer = { kind: 'hosts', patterns: [{ kind: 'opaque', text: 'a?c' }] };
  const block: RulePeer = { kind: 'addresses', addresses: ips.fromBlock('192.0.2.0/24') };

  it('says which requests a rule is about, and which is sent', () => {
    const rule = {
      requests: [
        { protocol: 'http', methods: ['GET'] },
        { protocol: 'kafka', topic: 't', role: 'consume' },
      ],
    } as const;
    const sent = { protocol: 'http', request: { method: 'PUT', path: '/v1', host: '', headers: [] } } as const;
    expect(text([anything], SERVER, { rule }, { sent })).toEqual([
      'n/Pod/client to n/Pod/server on TCP/80 with PUT /v1: denied',
      denied,
      `    nearest is ${policy} spec.egress[0], which is about the requests GET *, kafka consume t and not PUT /v1`,
    ]);
  });

  it('says which requests may be meant where another thing is not known either', () => {
    const rule = { requests: [{ protocol: 'http', methods: ['GET'] }] } as const;
    expect(text([block], SERVER, { rule }).slice(1)).toEqual([
      open,
      `    ${policy} spec.egress[0] allows it, if its blocks match that end by address here; for some requests only: GET *`,
      '      Give the pod ranges of the cluster (podCidrs), or select the pods by their labels.',
      '      Ask about one request instead of all traffic on the port.',
      otherwise,
    ]);
  });

  it('says which names a rule is about', () => {
    expect(text([names], host('b.example.com'))).toEqual([
      'n/Pod/client to b.example.com on TCP/80: denied',
      denied,
      `    nearest is ${policy} spec.egress[0], which is about the hosts a.example.com, *.example.org and not b.example.com`,
    ]);
  });

  it('says on what it depends that a name is meant', () => {
    expect(text([opaque], host('abc')).slice(1)).toEqual([
      open,
      `    ${policy} spec.egress[0] allows it, if its host names have abc, as the engine sees names`,
      otherwise,
    ]);
    expect(text([names], '192.0.2.1').slice(1)).toEqual([
      open,
      `    ${policy} spec.egress[0] allows it, if its host names lead to the address`,
      '      Ask about the name instead of an address.',
      otherwise,
    ]);
    expect(text([block], host('a.example.com')).slice(1)).toEqual([
      open,
      `    ${policy} spec.egress[0] allows it, if a.example.com leads to one of its addresses`,
      '      Name the host in the policy, or take the addresses out that it must not have.',
      otherwise,
    ]);
  });

  it('says on what it depends that nodes are the API server, and that no policy binds them', () => {
    const explanation = explained(planeOf([{ kind: 'entity', entity: 'nodes' }]), 'api-server');
    expect(explanationText(explanation).split('\n').slice(1)).toEqual([
      open,
      `    ${policy} spec.egress[0] allows it, if that end is the API server`,
      '      Ask about the API server, or the nodes, instead of what may be either.',
      otherwise,
      '  ingress of api-server: no policy binds it',
    ]);
  });

  it('says what no peer of the rule could be', () => {
    expect(text([server], 'nodes')).toEqual([
      'n/Pod/client to nodes on TCP/80: denied',
      denied,
      `    nearest is ${policy} spec.egress[0], which has no peer that could be nodes`,
    ]);
  });

  it('says which addresses a rule has', () => {
    expect(text([block], '198.51.100.1').at(-1)).toBe(
      `    nearest is ${policy} spec.egress[0], which has the addresses 192.0.2.0/24 and not 198.51.100.1`,
    );
  });

  it('says that no policy binds what is on the host network', () => {
    const lines = explanationText(explained(planeOf([anything]), 'n/Pod/on-host', {})).split('\n');
    expect(lines.at(-1)).toBe('  ingress of n/Pod/on-host: no policy binds it, since it is on the host network');
  });

  it('says of several rules which allows for certain, and which perhaps', () => {
    const plane = withRules('ranked', { isUncertain: true, action: 'deny' }, {});
    expect(explanationText(explained(plane, SERVER)).split('\n').slice(1, -1)).toEqual([
      open,
      `    ${policy} spec.egress[0] denies it, if the policy is there and says as much`,
      `    ${policy} spec.egress[1] allows it`,
    ]);
  });

  it('names where a policy was read', () => {
    const source = 'all.yaml, document 1';
    const rule = { policy: { kind: 'NetworkPolicy', namespace: 'n', name: 'only', source } };
    expect(text([server], SERVER, { rule }).at(-1)).toBe(`    ${policy} (${source}) spec.egress[0]`);
  });
});
