import type { Endpoint } from '../../../lib/model/endpoint';
import * as ips from '../../../lib/model/ip-set';
import type { Layer, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { podSet, podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { closedBy, deniesThatComeFirst, notDenied } from '../../../lib/proof/space/denials';
import { isolate, policy } from '../mechanical';

const tcp = (n: number) => ports.number('TCP', n);
const workers = podsIn('a', selectors.fromLabels({ app: 'worker' }));
const block = (cidr: string, except: string[] = []) => ({
  kind: 'addresses' as const,
  addresses: ips.fromBlock(cidr, except),
});

function rule(peer: RulePeer, more: Partial<Rule> = {}): Rule {
  return {
    policy: policy('a', 'deny'),
    direction: 'egress',
    index: 0,
    subject: podsIn('a', selectors.anything),
    peers: [peer],
    ports: ports.everything,
    action: 'deny',
    ...more,
  };
}

function layer(rules: Rule[], more: Partial<Layer> = {}): Layer {
  return { name: 'layer', order: 'ranked', rules, isolations: [], otherwise: 'next', ...more };
}

describe('what denials leave of an end', () => {
  const store: Endpoint = {
    kind: 'pods',
    pods: podsIn('b', selectors.fromLabels({ app: 'store' })),
    owner: 'others',
  };
  const outside: Endpoint = block('192.0.2.0/24');
  const apiServer: Endpoint = { kind: 'entity', entity: 'api-server' };
  const host = { kind: 'exact' as const, name: 'api.example.com' };
  const named: Endpoint = { kind: 'hosts', patterns: [host] };

  it.each<[string, RulePeer, Endpoint]>([
    ['anything', { kind: 'anything' }, store],
    ['anything, addresses too', { kind: 'anything' }, outside],
    ['these pods and more', { kind: 'pods', pods: podsIn('b', selectors.anything) }, store],
    ['these addresses and more', block('192.0.0.0/16'), outside],
    ['what the engine knows by itself', { kind: 'entity', entity: 'api-server' }, apiServer],
  ])('is nothing where they deny %s', (_title, peer, end) => {
    expect(notDenied([rule(peer)], workers, end, tcp(443))).toBeUndefined();
  });

  it.each<[string, RulePeer, Endpoint]>([
    ['fewer pods', { kind: 'pods', pods: podsIn('b', selectors.fromLabels({ app: 'store', tier: 'x' })) }, store],
    ['other pods', { kind: 'pods', pods: podsIn('c', selectors.anything) }, store],
    ['other addresses', block('198.51.100.0/24'), outside],
    ['pods, and the end is addresses', { kind: 'pods', pods: podSet(selectors.anything, selectors.anything) }, outside],
    ['addresses, and the end is pods', block('0.0.0.0/0'), store],
    ['nodes, and the end is the API server', { kind: 'entity', entity: 'nodes' }, apiServer],
    ['the API server, and the end is addresses', { kind: 'entity', entity: 'api-server' }, outside],
    // Which address a name has is known to nobody.
    ['the same names', { kind: 'hosts', patterns: [host] }, named],
  ])('is all of it where they deny %s', (_title, peer, end) => {
    expect(notDenied([rule(peer)], workers, end, tcp(443))).toEqual(end);
  });

  it('is the addresses that no block of theirs has', () => {
    const left = notDenied([rule(block('192.0.2.0/25')), rule(block('10.0.0.0/8'))], workers, outside, tcp(443));
    expect(left).toEqual(block('192.0.2.128/25'));
    const halves = [rule(block('192.0.2.0/25')), rule(block('192.0.2.128/25'))];
    expect(notDenied(halves, workers, outside, tcp(443))).toBeUndefined();
  });

  it('is all of it where they are about other pods, fewer ports, or certain requests', () => {
    const anything: RulePeer = { kind: 'anything' };
    const elsewhere = rule(anything, { subject: podsIn('c', selectors.anything) });
    const fewer = rule(anything, { ports: tcp(443) });
    const requests = rule(anything, { requests: [{ protocol: 'http', methods: ['GET'] }] });
    expect(notDenied([elsewhere], workers, outside, tcp(443))).toBe(outside);
    expect(notDenied([fewer], workers, outside, ports.range('TCP', 443, 444))).toBe(outside);
    expect(notDenied([fewer], workers, outside, tcp(443))).toBeUndefined();
    expect(notDenied([requests], workers, outside, tcp(443))).toBe(outside);
  });
});

describe('the denials that come first', () => {
  const anything: RulePeer = { kind: 'anything' };
  const deny = (index: number, more: Partial<Rule> = {}) => rule(anything, { index, ...more });
  const allow = (index: number) => rule(anything, { index, action: 'allow' });
  const first = (...layers: Layer[]) => deniesThatComeFirst(layers, 'egress').map(({ index }) => index);

  it('are those before the first rule of another action', () => {
    expect(first(layer([deny(0), deny(1), allow(2), deny(3)]), layer([deny(4)]))).toEqual([0, 1]);
    expect(first(layer([rule(anything, { index: 0, action: 'pass' }), deny(1)]))).toEqual([]);
  });

  it('are of later layers too, as long as nothing else was asked', () => {
    expect(first(layer([deny(0)]), layer([]), layer([deny(1), allow(2)]), layer([deny(3)]))).toEqual([0, 1]);
  });

  it('are all of a union, in which they win over what is allowed', () => {
    expect(first(layer([allow(0), deny(1)], { order: 'union' }), layer([deny(2)]))).toEqual([1]);
  });

  it('are those of the direction', () => {
    const inbound = deny(0, { direction: 'ingress' });
    expect(first(layer([inbound, rule(anything, { direction: 'ingress', action: 'allow' }), deny(1)]))).toEqual([1]);
  });

  it('are certain, and those behind something uncertain are so for pods that it is not about', () => {
    const isUncertain = true as const;
    expect(first(layer([deny(0, { isUncertain }), deny(1)]))).toEqual([1]);
    const store: Endpoint = { kind: 'pods', pods: podsIn('b', selectors.anything), owner: 'others' };
    const behind = (subject: Rule['subject']) => {
      const perhaps = rule(anything, { action: 'allow', isUncertain, subject });
      return notDenied(deniesThatComeFirst([layer([perhaps]), layer([deny(1)])], 'egress'), workers, store, tcp(443));
    };
    expect(behind(podsIn('c', selectors.anything))).toBeUndefined();
    expect(behind(podsIn('a', selectors.anything))).toBe(store);
  });
});

describe('pods of which a layer leaves nothing to the next', () => {
  const all = podsIn('a', selectors.anything);
  const plane = (ipBlockMode: Plane['ipBlockMode']): Plane => ({ name: 'engine', layers: [], ipBlockMode });
  const closed = (of: Layer, mode: Plane['ipBlockMode'] = 'pods') => closedBy(of, 'egress', plane(mode));
  const anyPod: RulePeer = { kind: 'pods', pods: podSet(selectors.anything, selectors.anything) };
  const anyAddress: RulePeer = { kind: 'addresses', addresses: ips.all };
  const some: RulePeer = { kind: 'pods', pods: all };

  it('are isolated in the direction, where that denies the rest', () => {
    const isolations = isolate(policy('a', 'deny'), 'a', selectors.anything);
    expect(closed(layer([], { isolations, otherwise: 'deny' }))).toEqual([all]);
    expect(closed(layer([], { isolations, otherwise: 'next' }))).toEqual([]);
    const inbound = isolations.filter(({ direction }) => direction === 'ingress');
    expect(closed(layer([], { isolations: inbound, otherwise: 'deny' }))).toEqual([]);
  });

  it('have everything denied by a rule', () => {
    expect(closed(layer([rule({ kind: 'anything' })]))).toEqual([all]);
    expect(closed(layer([rule(some, { peers: [some, { kind: 'anything' }] })]))).toEqual([all]);
    expect(closed(layer([rule(anyPod, { peers: [anyPod, anyAddress] })]))).toEqual([all]);
  });

  it.each<[string, Rule]>([
    ['for some ports', rule({ kind: 'anything' }, { ports: ports.allOf('TCP') })],
    ['for some requests', rule({ kind: 'anything' }, { requests: [{ protocol: 'http' }] })],
    ['to pods alone', rule(anyPod)],
    ['to addresses alone', rule(anyAddress)],
    ['to addresses and some pods', rule(some, { peers: [some, anyAddress] })],
    ['to pods and some addresses', rule(anyPod, { peers: [anyPod, block('10.0.0.0/8')] })],
    ['the other way', rule({ kind: 'anything' }, { direction: 'ingress' })],
    ['perhaps', rule({ kind: 'anything' }, { isUncertain: true })],
    ['nothing, but allowed', rule({ kind: 'anything' }, { action: 'allow' })],
  ])('are none where it is denied %s', (_title, only) => {
    expect(closed(layer([only]))).toEqual([]);
  });

  it('are none where they are perhaps isolated', () => {
    const [egress] = isolate(policy('a', 'deny'), 'a', selectors.anything).filter(
      ({ direction }) => direction === 'egress',
    );
    expect(closed(layer([], { isolations: [{ ...egress, isUncertain: true }], otherwise: 'deny' }))).toEqual([]);
  });

  it('are none by addresses where the engine tells some ends apart by themselves', () => {
    expect(closed(layer([rule(anyPod, { peers: [anyPod, anyAddress] })]), 'external-only')).toEqual([]);
  });

  it('are none where something is passed on', () => {
    const pass = rule(some, { action: 'pass' });
    expect(closed(layer([pass, rule({ kind: 'anything' })]))).toEqual([]);
  });
});
