import { at, readSample } from '../read';

describe("the log of Antrea's FlowAggregator", () => {
  it('has both pods, the Service, and what each side decided', async () => {
    const { records, notes } = await readSample('antrea-flow-aggregator');
    const always = { portIs: 'pod', isReply: false, count: 1, from: at('10:00:00'), until: at('10:00:15') };
    expect(records).toEqual([
      {
        source: { namespace: 'ai-gateway', pod: 'envoy-1', address: '10.10.1.7' },
        destination: {
          namespace: 'ai-inference',
          pod: 'vllm-0',
          address: '10.10.2.9',
          service: { namespace: 'ai-inference', name: 'vllm' },
        },
        protocol: 'TCP',
        port: 8000,
        verdict: 'passed',
        policies: [
          { kind: 'K8sNetworkPolicy', namespace: 'ai-gateway', name: 'envoy' },
          { kind: 'K8sNetworkPolicy', namespace: 'ai-inference', name: 'vllm' },
        ],
        ...always,
      },
      {
        // Numbers instead of words: protocol 6, action 2, kind 1.
        source: { namespace: 'ai-agents', pod: 'agent-0', address: '10.10.1.7' },
        destination: { namespace: 'ai-data', pod: 'redis-0', address: '10.10.2.10' },
        protocol: 'TCP',
        port: 6379,
        verdict: 'dropped',
        seenAt: 'destination',
        byPolicy: true,
        reason: 'Ingress Drop',
        policies: [{ kind: 'K8sNetworkPolicy', namespace: 'ai-data', name: 'redis' }],
        ...always,
      },
      {
        source: { namespace: 'ai-agents', pod: 'agent-0', address: '10.10.1.7' },
        destination: { address: '203.0.113.9' },
        protocol: 'TCP',
        port: 443,
        verdict: 'dropped',
        seenAt: 'source',
        byPolicy: true,
        reason: 'Egress Reject no-internet',
        policies: [{ kind: 'AntreaClusterNetworkPolicy', name: 'strict' }],
        ...always,
      },
      {
        source: { namespace: 'x', pod: 'a', address: '2001:db8::7' },
        destination: { namespace: 'y', pod: 'b', address: '2001:db8::9' },
        protocol: 'other',
        verdict: 'passed',
        ...always,
      },
    ]);
    expect(notes).toEqual([{ kind: 'unreadable', what: 'it is no record of the FlowAggregator', line: 5 }]);
  });
});
