import { at, readSample } from '../read';

describe("Antrea's audit log", () => {
  it('names the pod to which the policy applies, and of the other end the address', async () => {
    const { records, lines, notes } = await readSample('antrea-np-log');
    expect(lines).toEqual([1, 2, 3, 4, 5]);
    expect(records).toEqual([
      {
        source: { address: '10.10.1.7' },
        destination: { namespace: 'ai-data', pod: 'redis-0', address: '10.10.2.9' },
        protocol: 'TCP',
        port: 6379,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'destination',
        byPolicy: true,
        // A default drop has a table and no policy.
        reason: 'IngressDefaultRule Drop',
        count: 2,
        from: at('10:00:00.123'),
        until: at('10:00:00.123'),
      },
      {
        source: { address: '10.10.1.8' },
        destination: { namespace: 'ai-inference', pod: 'vllm-0', address: '10.10.2.4' },
        protocol: 'TCP',
        port: 8000,
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'destination',
        isReply: false,
        policies: [{ kind: 'K8sNetworkPolicy', namespace: 'ai-inference', name: 'vllm' }],
        count: 1,
        from: at('10:00:01.123'),
        until: at('10:00:01.123'),
      },
      {
        source: { namespace: 'ai-agents', pod: 'agent-0', address: '10.10.1.7' },
        destination: { address: '169.254.169.254' },
        protocol: 'TCP',
        port: 80,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'source',
        byPolicy: true,
        reason: 'AntreaPolicyEgressRule Reject no-metadata',
        policies: [{ kind: 'AntreaClusterNetworkPolicy', name: 'strict' }],
        count: 1,
        from: at('10:00:02.123'),
        until: at('10:00:02.123'),
      },
      {
        source: { address: '10.10.1.9' },
        destination: { namespace: 'ai-data', pod: 'sig-0', address: '10.10.2.10' },
        protocol: 'SCTP',
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'destination',
        isReply: false,
        policies: [{ kind: 'AntreaNetworkPolicy', namespace: 'ai-data', name: 'signalling' }],
        count: 1,
        from: at('10:00:03.123'),
        until: at('10:00:03.123'),
      },
      {
        // A policy that applies to a node.
        source: { address: '10.10.0.1' },
        destination: { address: '203.0.113.9' },
        protocol: 'TCP',
        port: 443,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'source',
        byPolicy: true,
        reason: 'AntreaPolicyEgressRule Drop out',
        policies: [{ kind: 'AntreaClusterNetworkPolicy', name: 'nodes' }],
        count: 1,
        from: at('10:00:04.123'),
        until: at('10:00:04.123'),
      },
    ]);
    expect(notes).toEqual([{ kind: 'unreadable', what: 'the log ends in the middle of it', line: 6 }]);
  });
});
