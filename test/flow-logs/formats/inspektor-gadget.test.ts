import { at, readSample } from '../read';

describe('a trace of Inspektor Gadget', () => {
  it('has connections as the sockets of pods have them', async () => {
    const { records, lines, notes } = await readSample('inspektor-gadget');
    expect(lines).toEqual([1, 2, 4, 5]);
    expect(records).toEqual([
      {
        source: {
          namespace: 'ai-gateway',
          pod: 'envoy-1',
          labels: { app: 'envoy', tier: 'edge' },
          workload: { kind: 'Deployment', name: 'envoy' },
          address: '10.0.1.7',
        },
        // The Service's labels are no pod's.
        destination: { service: { namespace: 'ai-inference', name: 'vllm' }, address: '10.96.0.20' },
        protocol: 'TCP',
        port: 80,
        portIs: 'service',
        verdict: 'passed',
        isReply: false,
        count: 1,
        from: at('10:00:00'),
        until: at('10:00:00'),
      },
      {
        // Accepted: the socket's own end is the destination.
        source: { namespace: 'ai-gateway', pod: 'envoy-1', labels: { app: 'envoy' }, address: '10.0.1.7' },
        destination: { namespace: 'ai-inference', pod: 'vllm-0', address: '10.0.2.9' },
        protocol: 'TCP',
        port: 8000,
        portIs: 'pod',
        verdict: 'passed',
        isReply: false,
        count: 1,
        from: at('10:00:01'),
        until: at('10:00:01'),
      },
      {
        source: { namespace: 'kube-system', pod: 'agent-x', entity: 'nodes', address: '10.128.0.5' },
        destination: { address: '203.0.113.9' },
        protocol: 'TCP',
        port: 443,
        portIs: 'either',
        verdict: 'unknown',
        isReply: false,
        reason: 'ETIMEDOUT',
        count: 1,
        from: at('10:00:03'),
        until: at('10:00:03'),
      },
      {
        source: { namespace: 'ai-gateway', pod: 'envoy-1', address: '10.0.1.7' },
        destination: { namespace: 'ai-inference', pod: 'vllm-0', address: '10.0.2.9' },
        protocol: 'TCP',
        port: 8000,
        portIs: 'pod',
        verdict: 'passed',
        isReply: false,
        count: 1,
        from: at('10:00:04'),
        until: at('10:00:04'),
      },
    ]);
    expect(notes).toEqual([
      { kind: 'passed-over', what: 'the end of a connection', line: 3 },
      { kind: 'unreadable', what: 'it is no event of trace_tcp', line: 6 },
    ]);
  });
});
