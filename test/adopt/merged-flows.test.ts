import { mergedFlows } from '../../lib/adopt/merged-flows';
import type { PlannedFlow, PlannedTier } from '../../lib/adopt/plan';
import * as ports from '../../lib/model/port-set';
import type { HttpMatch } from '../../lib/model/request-match';

const tierOf = (name: string): PlannedTier => ({
  namespace: 'agents',
  name,
  pods: [],
  workloads: [`agents/Deployment/${name}`],
  ports: ports.none,
  dns: false,
  waived: [],
});
const tiers = [tierOf('a'), tierOf('b')];

function from(name: string, http?: readonly HttpMatch[]): PlannedFlow {
  return {
    tier: 'data/store',
    direction: 'ingress',
    peer: { kind: 'tier', tier: `agents/${name}` },
    ports: ports.number('TCP', 80),
    ...(http && { http }),
    because: 'allowed by NetworkPolicy data/store',
    waived: [],
  };
}

const get: readonly HttpMatch[] = [{ protocol: 'http', methods: ['GET'] }];
const post: readonly HttpMatch[] = [{ protocol: 'http', methods: ['POST'] }];

describe('flows with every tier of a namespace', () => {
  it('become one with the namespace where the same passes', () => {
    const merged = mergedFlows([from('a', get), from('b', get)], tiers);
    expect(merged).toEqual([{ ...from('a', get), peer: { kind: 'namespace', name: 'agents' } }]);
  });

  it('stay apart where other requests pass', () => {
    const flows = [from('a', get), from('b', post)];
    expect(mergedFlows(flows, tiers)).toEqual(flows);
    expect(mergedFlows([from('a', get), from('b')], tiers)).toEqual([from('a', get), from('b')]);
  });
});

it('keeps the reason of each policy, also where the name of one begins as that of another', () => {
  const by = (name: string, port: number): PlannedFlow => ({
    ...from('a'),
    ports: ports.number('TCP', port),
    because: `allowed by NetworkPolicy data/${name}`,
  });
  const reasons = (...flows: PlannedFlow[]) => mergedFlows(flows, tiers).map(({ because }) => because);
  expect(reasons(by('store-10', 80), by('store-1', 81))).toEqual([
    'allowed by NetworkPolicy data/store-10 and NetworkPolicy data/store-1',
  ]);
  expect(reasons(by('store', 80), by('store', 81))).toEqual(['allowed by NetworkPolicy data/store']);
});
