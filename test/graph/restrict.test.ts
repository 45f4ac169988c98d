import fc from 'fast-check';
import { canonical, type GraphData, tierKey } from '../../lib/graph/graph-data';
import { restrict } from '../../lib/graph/restrict';
import { graphs, mesh } from './graphs';

/** The part of a graph that is about one tier. */
function partFor(data: GraphData, tier: { namespace: string; name: string }): GraphData {
  return restrict(data, (other) => tierKey(other) === tierKey(tier));
}

describe('a part of a graph', () => {
  it('holds the flows that touch the tier, the tiers at their other ends, and no more', () => {
    const part = partFor(mesh(), { namespace: 'ai-inference', name: 'vllm' });
    expect(part.tiers.map(tierKey)).toEqual(['ai-gateway/envoy', 'ai-inference/vllm']);
    expect(part.namespaces.map(({ name }) => name)).toEqual(['ai-gateway', 'ai-inference']);
    expect(part.flows.map(({ because }) => because[0])).toEqual(['users reach the model', 'latency is watched']);
  });

  it('is a whole graph itself, in canonical order, and its own part', () => {
    fc.assert(
      fc.property(graphs, fc.nat(), (data, which) => {
        const tier = data.tiers[which % data.tiers.length] ?? { namespace: '', name: '' };
        const part = partFor(data, tier);
        expect(canonical(part)).toEqual(part);
        expect(partFor(part, tier)).toEqual(part);
      }),
    );
  });

  it('together with all other parts has every flow', () => {
    fc.assert(
      fc.property(graphs, (data) => {
        const seen = new Set(data.tiers.flatMap((tier) => partFor(data, tier).flows));
        expect(data.flows.filter((flow) => seen.has(flow))).toEqual(data.flows);
      }),
    );
  });

  it('keeps a namespace without tiers when it is asked to', () => {
    const none = restrict(mesh(), () => false);
    expect([none.namespaces, none.tiers, none.flows]).toEqual([[], [], []]);
    const one = restrict(
      mesh(),
      () => false,
      (name) => name === 'ai-data',
    );
    expect(one.namespaces.map(({ name }) => name)).toEqual(['ai-data']);
  });
});
