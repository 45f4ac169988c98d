import * as ips from '../../../lib/model/ip-set';
import type { Rule } from '../../../lib/model/layer';
import { podsIn } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import * as selectors from '../../../lib/model/selector';
import { meets, placeKey } from '../../../lib/proof/paths/hops';
import { decidedBy, decidedByRule } from '../../../lib/proof/questions/declared-and-effective';
import { isolate, policy, tier } from '../mechanical';

const block = { kind: 'addresses' as const, addresses: ips.fromBlock('192.0.2.0/24') };
const pods = { kind: 'pods' as const, pods: podsIn('b', selectors.anything) };

function rule(more: Partial<Rule>): Rule {
  const subject = podsIn('a', selectors.anything);
  return {
    policy: policy('a', 'p'),
    direction: 'egress',
    index: 2,
    subject,
    peers: [pods],
    ports: ports.everything,
    action: 'allow',
    ...more,
  };
}

describe('what decided', () => {
  it('is a rule, and whether it denies or speaks of addresses alone', () => {
    expect(decidedByRule(rule({}))).toEqual({ policy: policy('a', 'p'), index: 2 });
    expect(decidedByRule(rule({ action: 'deny' }))).toEqual({ policy: policy('a', 'p'), index: 2, denies: true });
    expect(decidedByRule(rule({ peers: [block] }))).toEqual({ policy: policy('a', 'p'), index: 2, byAddress: true });
    expect(decidedByRule(rule({ peers: [block, pods] }))).toEqual({ policy: policy('a', 'p'), index: 2 });
    const chosen = rule({});
    expect(decidedBy({ admitted: true, rule: chosen, isolations: [] })).toEqual([decidedByRule(chosen)]);
  });

  it('is else each policy that isolates, once', () => {
    const from = (source: string) => ({ ...policy('a', 'p'), source });
    const isolations = [policy('a', 'p'), policy('a', 'q'), policy('b', 'p'), from('x.yaml'), from('y.yaml')].flatMap(
      (by) => isolate(by, 'a', selectors.anything),
    );
    expect(decidedBy({ admitted: false, isolations })).toEqual([
      { policy: policy('a', 'p') },
      { policy: policy('a', 'q') },
      { policy: policy('b', 'p') },
      { policy: from('x.yaml') },
      { policy: from('y.yaml') },
    ]);
    expect(decidedBy({ admitted: true, isolations: [] })).toEqual([]);
  });
});

describe('places', () => {
  const one = { kind: 'tier' as const, namespace: 'b', name: 'x', pods: tier('b', 'x').pods };
  const others = { kind: 'pods' as const, pods: podsIn('b', selectors.anything), owner: 'x' };
  const elsewhere = { kind: 'pods' as const, pods: podsIn('c', selectors.anything), owner: 'x' };
  const named = (name: string) => ({ kind: 'hosts' as const, patterns: [{ kind: 'exact' as const, name }] });
  const nodes = { kind: 'entity' as const, entity: 'nodes' as const };
  const apiServer = { kind: 'entity' as const, entity: 'api-server' as const };
  const other = { kind: 'addresses' as const, addresses: ips.fromBlock('198.51.100.0/24') };

  it('meet where a pod or an address could be in both; names and entities may be at any address', () => {
    expect([meets(one, others), meets(one, elsewhere), meets(one, block), meets(block, one)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    expect([meets(block, block), meets(block, other)]).toEqual([true, false]);
    expect([
      meets(named('x.test'), block),
      meets(block, named('x.test')),
      meets(named('x.test'), named('y.test')),
    ]).toEqual([true, true, true]);
    expect([meets(nodes, block), meets(nodes, apiServer), meets(nodes, one)]).toEqual([true, true, false]);
  });

  it('have a key that is the same for the same, and for nothing else', () => {
    const all = [one, others, elsewhere, named('x.test'), named('y.test'), nodes, apiServer, block, other];
    const wildcard = { kind: 'hosts' as const, patterns: [{ kind: 'any-depth' as const, under: 'x.test' }] };
    const deeper = { kind: 'hosts' as const, patterns: [{ kind: 'one-label' as const, under: 'x.test' }] };
    expect(new Set([...all, wildcard, deeper].map(placeKey)).size).toBe(all.length + 2);
    expect(all.map((each) => placeKey(structuredClone(each)))).toEqual(all.map(placeKey));
    expect(placeKey({ ...block, addresses: ips.fromBlocks(['192.0.2.0/25', '192.0.2.128/25']) })).toBe(placeKey(block));
  });
});
