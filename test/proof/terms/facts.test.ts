import * as ips from '../../../lib/model/ip-set';
import type { Entity, IpBlockMode, Rule } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as selectors from '../../../lib/model/selector';
import {
  acceptsPods,
  entityByAddress,
  factsOf,
  impossibleNamespaces,
  isCertain,
  namespaceSelector,
  podsByAddress,
} from '../../../lib/proof/terms/facts';

const nameLabel = 'kubernetes.io/metadata.name';
const pods = { podAddresses: ips.fromBlock('10.244.0.0/16') };
const block = ips.fromBlock('10.0.0.0/8');
const modes: IpBlockMode[] = ['pods', 'may', 'external-only'];

describe('what is known of a cluster', () => {
  it('is a namespace with its labels, once, and under its own name', () => {
    const given = (...knownNamespaces: { name: string; labels: Record<string, string> }[]) =>
      factsOf('pods', { ...pods, knownNamespaces }).namespaces;
    expect(given({ name: 'a', labels: { env: 'x' } }).get('a')).toEqual({ env: 'x', [nameLabel]: 'a' });
    expect(given({ name: 'a', labels: { [nameLabel]: 'a' } }).get('a')).toEqual({ [nameLabel]: 'a' });
    expect(() => given({ name: 'a', labels: {} }, { name: 'a', labels: {} })).toThrow(
      /The labels of namespace a are given twice, so one of the two is wrong/,
    );
    expect(() => given({ name: 'a', labels: { [nameLabel]: 'b' } })).toThrow(
      /The labels of namespace a are given with kubernetes.io\/metadata.name=b, so/,
    );
  });

  it('rules out namespaces of its name with other labels', () => {
    const facts = factsOf('pods', { ...pods, knownNamespaces: [{ name: 'a', labels: { env: 'x' } }] });
    const texts = (name: string) =>
      impossibleNamespaces(facts, name, new Set([nameLabel, 'env', 'team'])).map(selectors.selectorText);
    expect(texts('a')).toHaveLength(2);
    expect(texts('b')).toEqual([]);
    const own = namespaceSelector(facts, 'a', new Set(['team']));
    expect(selectors.matches(own, { [nameLabel]: 'a', env: 'x' })).toBe(true);
    expect(selectors.matches(own, { [nameLabel]: 'a', env: 'x', team: 'y' })).toBe(false);
    expect(selectors.matches(own, { [nameLabel]: 'a' })).toBe(false);
    const other = namespaceSelector(facts, 'b', new Set(['team']));
    expect(selectors.matches(other, { [nameLabel]: 'b', team: 'y' })).toBe(true);
  });

  it('takes known addresses of others out of the private ranges that pods may be in', () => {
    const facts = factsOf('pods', { otherAddresses: ips.fromBlock('10.0.0.0/8') });
    expect(ips.intersects(facts.podAddresses, block)).toBe(false);
    expect(ips.hasAddress(facts.podAddresses, '192.168.0.1')).toBe(true);
    expect(() => factsOf('pods', { podAddresses: ips.none })).toThrow(/leaves none for pods/);
  });
});

describe('a block', () => {
  it.each<[IpBlockMode, must: boolean, may: boolean]>([
    ['pods', true, true],
    ['may', false, true],
    ['external-only', false, false],
  ])('has the pods of its addresses where the engine matches them by it: %s', (mode, must, may) => {
    const facts = factsOf(mode, pods);
    expect(ips.isEmpty(podsByAddress(block, facts, 'must'))).toBe(!must);
    expect(ips.isEmpty(podsByAddress(block, facts, 'may'))).toBe(!may);
    if (may) expect(podsByAddress(block, facts, 'may')).toEqual(pods.podAddresses);
  });

  it.each<[IpBlockMode, Entity, must: boolean, may: boolean]>([
    ['pods', 'nodes', true, true],
    ['pods', 'api-server', true, true],
    ['may', 'nodes', false, true],
    ['may', 'api-server', false, true],
    ['external-only', 'nodes', false, false],
    ['external-only', 'ingress', false, false],
    ['external-only', 'api-server', false, true],
  ])('has what the engine knows by itself: %s, %s', (mode, entity, must, may) => {
    const facts = factsOf(mode, pods, [entity]);
    expect(ips.isEmpty(entityByAddress(entity, block, facts, 'must'))).toBe(!must);
    expect(ips.isEmpty(entityByAddress(entity, block, facts, 'may'))).toBe(!may);
  });
});

describe('a rule', () => {
  const certain = (
    peers: Rule['peers'],
    mode: IpBlockMode,
    action: Rule['action'] = 'allow',
    entities: Entity[] = [],
  ) => isCertain({ peers, action }, factsOf(mode, pods, entities));
  const byAddress = { kind: 'addresses' as const, addresses: block };
  const byLabels = { kind: 'pods' as const, pods: podsIn('a', selectors.anything) };
  const names = { kind: 'hosts' as const, patterns: [{ kind: 'exact' as const, name: 'a.io' }] };

  it('matches pods for certain, and addresses where it is known what has them', () => {
    expect(modes.map((mode) => certain([byLabels], mode))).toEqual([true, true, true]);
    expect(modes.map((mode) => certain([byAddress], mode))).toEqual([true, false, true]);
    expect(modes.map((mode) => certain([byLabels, byAddress], mode))).toEqual([true, false, true]);
    // The API server may be outside the cluster, and have an address that a block matches.
    expect(certain([byAddress], 'external-only', 'allow', ['api-server', 'nodes'])).toBe(false);
    expect(certain([byAddress], 'external-only', 'allow', ['nodes'])).toBe(true);
    expect(certain([byAddress], 'pods', 'allow', ['api-server'])).toBe(true);
  });

  it('matches names for certain where it allows them', () => {
    expect(certain([names], 'pods')).toBe(true);
    expect(certain([names], 'pods', 'deny')).toBe(false);
    expect(certain([names], 'pods', 'pass')).toBe(false);
  });
});

describe('a flow', () => {
  it('accepts pods at its addresses where it acknowledges that, and nothing else', () => {
    const of = (...rules: string[]) => acceptsPods({ acknowledged: rules.map((rule) => ({ rule, because: 'x' })) });
    expect([of(), of('no-internet'), of('no-internet', 'cluster-range')]).toEqual([false, false, true]);
  });
});
