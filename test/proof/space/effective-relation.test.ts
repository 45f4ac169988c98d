import * as ips from '../../../lib/model/ip-set';
import type { IpBlockMode, Layer, Rule, RulePeer } from '../../../lib/model/layer';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { effective, peersOf } from '../../../lib/proof/space/effective-relation';
import type { Ground } from '../../../lib/proof/space/search';
import { vocabularyOf } from '../../../lib/proof/space/vocabulary';
import { factsOf } from '../../../lib/proof/terms/facts';
import { namespaceKeysOf } from '../../../lib/proof/terms/namespace-keys';
import { flow, graph, isolate, policy, tier } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const block = (cidr: string) => ({ kind: 'addresses' as const, addresses: ips.fromBlock(cidr) });
const podsOf = (space: string, labels = {}): RulePeer => ({
  kind: 'pods',
  pods: podsIn(space, selectors.fromLabels(labels)),
});

function ground(mode: IpBlockMode = 'pods'): Ground {
  return {
    facts: factsOf(mode, { podAddresses: ips.fromBlock('10.244.0.0/16') }),
    namespaceKeys: new Set(),
    words: vocabularyOf({ patterns: [], requests: [] }),
    budget: 1000,
  };
}

function rule(action: Rule['action'], peer: RulePeer, more: Partial<Rule> = {}): Rule {
  return {
    policy: policy('a', 'p'),
    direction: 'egress',
    index: 0,
    subject: podsIn('a', selectors.anything),
    peers: [peer],
    ports: ports.everything,
    action,
    ...more,
  };
}

function layer(rules: Rule[], more: Partial<Layer> = {}): Layer {
  return { name: 'layer', order: 'ranked', rules, isolations: [], otherwise: 'next', ...more };
}

const arePlain = (...layers: Layer[]) =>
  effective(layers, 'egress', ground(), 'may').admissions.map((each) => each.isPlain());
const byDefault = (...layers: Layer[]) => effective(layers, 'egress', ground(), 'may').byDefault;

describe('what a rule lets through', () => {
  const web = rule('allow', podsOf('b'), { ports: tcp(80) });

  it('is all of it where nothing is decided before, and where that is about other connections', () => {
    expect(arePlain(layer([web]))).toEqual([true]);
    expect(arePlain(layer([rule('deny', podsOf('c')), web]))).toEqual([true]);
    expect(arePlain(layer([rule('deny', podsOf('b'), { ports: tcp(81) }), web]))).toEqual([true]);
    expect(arePlain(layer([rule('deny', podsOf('c'))]), layer([web]))).toEqual([true]);
    expect(arePlain(layer([web, rule('deny', podsOf('b'))]))).toEqual([true]);
  });

  it('is not known to be all of it where something before is about the same', () => {
    expect(arePlain(layer([rule('deny', podsOf('b', { app: 'x' })), web]))).toEqual([false]);
    expect(arePlain(layer([rule('pass', podsOf('b')), web]))).toEqual([false]);
    expect(arePlain(layer([rule('deny', podsOf('b'))]), layer([web]))).toEqual([false]);
    const isolations = isolate(policy('a', 'd'), 'a', selectors.fromLabels({ app: 'y' }));
    expect(arePlain(layer([], { isolations, otherwise: 'deny' }), layer([web]))).toEqual([false]);
    // One of its two kinds of peers is touched, the other is not.
    const both = rule('allow', podsOf('b'), { peers: [podsOf('b'), podsOf('c')] });
    expect(arePlain(layer([rule('deny', podsOf('c')), both]))).toEqual([true, false]);
    const byAddress = rule('allow', block('10.0.0.0/8'));
    expect(arePlain(layer([rule('deny', podsOf('c')), byAddress]))).toEqual([false]);
  });

  it('comes after the denies of a union, wherever these stand', () => {
    const deny = rule('deny', podsOf('b', { app: 'x' }));
    for (const rules of [
      [web, deny],
      [deny, web],
    ]) {
      const { admissions } = effective([layer(rules, { order: 'union' })], 'egress', ground(), 'may');
      expect(admissions.map((each) => each.regions().map(({ minus }) => minus.length))).toEqual([[1]]);
    }
  });
});

describe('what every layer leaves to the next', () => {
  it('is everything where there is no layer: pods and addresses', () => {
    expect(byDefault().map(({ box, minus }) => [box.peer, minus])).toEqual([
      ['pod', []],
      ['address', []],
    ]);
  });

  it('is nothing where all pods are isolated, or where everything is denied', () => {
    const isolations = isolate(policy('a', 'd'), 'a', selectors.anything);
    expect(byDefault(layer([], { isolations, otherwise: 'deny' }))).toEqual([]);
    expect(byDefault(layer([rule('deny', { kind: 'anything' })]))).toEqual([]);
    expect(byDefault(layer([], { isolations, otherwise: 'next' }))).toHaveLength(2);
  });

  it('is without what is denied, and without the isolated pods with the same kind of peer', () => {
    const isolations = isolate(policy('a', 'd'), 'a', selectors.fromLabels({ app: 'x' })).slice(0, 1);
    const rest = byDefault(layer([rule('deny', podsOf('b'))], { isolations, otherwise: 'deny' }));
    expect(rest.map(({ box, minus }) => [box.peer, minus.map(({ peer }) => peer)])).toEqual([
      ['pod', ['pod', 'pod']],
      ['address', ['pod', 'address']],
    ]);
  });

  it('is what is passed on, although the pods are isolated', () => {
    const isolations = isolate(policy('a', 'd'), 'a', selectors.anything);
    const rest = byDefault(layer([rule('pass', podsOf('b'))], { isolations, otherwise: 'deny' }));
    expect(rest).toHaveLength(1);
    expect(rest[0].box).toMatchObject({ peer: 'pod' });
  });
});

describe('the peers of a rule', () => {
  const [one, two] = [block('192.0.2.0/25'), block('192.0.2.128/25')];

  it('are its own, with its blocks as one', () => {
    const given = [podsOf('b'), one, podsOf('c'), two];
    expect(peersOf(rule('allow', one, { peers: given }))).toEqual([podsOf('b'), podsOf('c'), block('192.0.2.0/24')]);
    expect(peersOf(rule('allow', one, { peers: [one, two] }))).toEqual([block('192.0.2.0/24')]);
  });

  it('are the same list where there is nothing to put together', () => {
    const peers = [podsOf('b'), one, podsOf('c')];
    expect(peersOf(rule('allow', one, { peers }))).toBe(peers);
  });
});

describe('the labels by which namespaces are told apart', () => {
  const by = (key: string) =>
    podSet(selectors.fromLabels({ [key]: 'x' }), selectors.fromLabels({ [`pod-${key}`]: 'x' }));
  const end = (key: string) => ({ kind: 'pods' as const, pods: by(key), owner: 'x' });
  const nameLabel = 'kubernetes.io/metadata.name';
  const NOTHING = { name: 'engine', layers: [], ipBlockMode: 'pods' as const };
  const client = tier('a', 'client');

  it('are those that a subject or a peer of a policy asks about', () => {
    const rules = [rule('allow', { kind: 'pods', pods: by('peer') }, { subject: by('subject') }), rule('deny', one())];
    const isolations = [{ policy: policy('a', 'p'), direction: 'egress' as const, subject: by('isolated') }];
    const plane = { ...NOTHING, layers: [layer(rules, { isolations })] };
    const keys = namespaceKeysOf(graph([], []), plane, {});
    expect([...keys].sort()).toEqual(['isolated', nameLabel, 'peer', 'subject'].sort());
  });

  it('are those that a flow, a foreign declaration, a promise or a guardrail asks about', () => {
    const flows = [flow(end('from'), client, tcp(1)), flow(client, end('to'), tcp(1)), flow(client, one(), tcp(1))];
    const deny = { direction: 'egress' as const, subject: by('guarded'), peer: end('denied'), ports: tcp(1) };
    const guardrails = [{ name: 'g', because: 'x', denies: [deny], isolates: [by('closed')] }];
    const foreign = [{ ...flow(end('other'), end('another'), tcp(1)), because: ['x'] }];
    const promises = [
      { tier: { namespace: 'a', name: 'client' }, forbids: end('forbidden'), because: 'x', rule: 'no-x' },
    ];
    const keys = (declared: object, asked = {}) =>
      [...namespaceKeysOf({ flows: [], ...declared }, NOTHING, asked)].sort();
    expect(keys({ flows })).toEqual(['from', nameLabel, 'to'].sort());
    expect(keys({ guardrails })).toEqual(['closed', 'denied', 'guarded']);
    expect(keys({}, { foreign })).toEqual(['another', 'other']);
    expect(keys({}, { promises })).toEqual(['forbidden']);
    expect(keys({})).toEqual([]);
  });

  function one() {
    return block('192.0.2.0/24');
  }
});
