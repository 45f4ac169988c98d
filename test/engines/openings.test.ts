import { openingsByTier } from '../../lib/engines/openings';
import * as ports from '../../lib/model/port-set';
import { portTraffic } from '../../lib/model/traffic';
import { addresses, agent, end, flow, gateway, vectors, vllm } from '../graph/graphs';

const http = ports.number('TCP', 8000);

describe('the openings of tiers', () => {
  it('are both halves of a flow between two tiers, with the ports of the destination', () => {
    const openings = openingsByTier([flow(end(gateway), end(vllm), http, 'users reach the model')]);
    expect(openings.get('ai-gateway/envoy')).toEqual({ ingress: [], egress: [{ peer: end(vllm), ports: http }] });
    expect(openings.get('ai-inference/vllm')).toEqual({ ingress: [{ peer: end(gateway), ports: http }], egress: [] });
    expect(openings.size).toBe(2);
  });

  it('are one half where the other end is not ours', () => {
    const outside = addresses('192.0.2.0/24');
    const openings = openingsByTier([
      flow(end(agent), outside, http, 'agents call tools'),
      flow(outside, end(vectors), http, 'data is loaded'),
    ]);
    expect([...openings.keys()]).toEqual(['ai-agents/agent', 'ai-data/weaviate']);
    expect(openings.get('ai-agents/agent')?.egress).toEqual([{ peer: outside, ports: http }]);
    expect(openings.get('ai-data/weaviate')?.ingress).toEqual([{ peer: outside, ports: http }]);
  });

  it('are both halves at one tier where its pods talk to each other', () => {
    const openings = openingsByTier([flow(end(vectors), end(vectors), http, 'shards are copied')]);
    expect(openings.get('ai-data/weaviate')).toEqual({
      ingress: [{ peer: end(vectors), ports: http }],
      egress: [{ peer: end(vectors), ports: http }],
    });
  });

  it('have the requests of the flow, where it is limited to some', () => {
    const all = flow(end(gateway), end(vllm), http, 'users reach the model');
    const requests = [{ protocol: 'http' as const }];
    const openings = openingsByTier([{ ...all, traffic: portTraffic(http, requests) }]);
    expect(openings.get('ai-inference/vllm')?.ingress).toEqual([{ peer: end(gateway), ports: http, requests }]);
    expect(openingsByTier([all]).get('ai-inference/vllm')?.ingress[0]).not.toHaveProperty('requests');
  });

  it('are none for a tier without flows', () => {
    expect(openingsByTier([]).get('ai-inference/vllm')).toBeUndefined();
  });
});
