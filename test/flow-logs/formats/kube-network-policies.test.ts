import { kubeNetworkPolicies } from '../../../lib/flow-logs/formats/kube-network-policies';
import { at, readSample } from '../read';

describe('a log of kube-network-policies', () => {
  it('joins a packet with its verdict, whichever lines are between them', async () => {
    const { records, lines } = await readSample('kube-network-policies');
    expect(lines.slice(0, 3)).toEqual([2, 6, 7]);
    expect(records.slice(0, 3)).toEqual([
      {
        // What is external may be a node, or a pod that the agent does not know yet.
        source: { namespace: 'ai-agents', pod: 'agent-0', address: '10.0.1.3' },
        destination: { address: '203.0.113.9' },
        protocol: 'TCP',
        port: 443,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'source',
        byPolicy: true,
        reason: 'Packet denied by egress policy',
        count: 1,
        from: at('10:00:00.123'),
        until: at('10:00:00.123'),
      },
      {
        source: { namespace: 'ai-agents', pod: 'agent-0', address: '10.0.1.3' },
        destination: { namespace: 'ai-data', pod: 'redis-0', address: '10.0.2.8' },
        protocol: 'TCP',
        port: 6379,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'destination',
        byPolicy: true,
        reason: 'Packet denied by ingress policy',
        count: 1,
        from: at('10:00:01'),
        until: at('10:00:01'),
      },
      {
        // Evaluated for both directions, and one packet all the same.
        source: { namespace: 'ai-gateway', pod: 'envoy-1', address: '10.0.1.4' },
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
    ]);
  });

  it('gives what has no verdict as unknown: where its number comes again, and at the end', async () => {
    const { records, lines, notes } = await readSample('kube-network-policies');
    expect(lines.slice(3)).toEqual([11, 11]);
    expect(records.slice(3)).toEqual([
      expect.objectContaining({ destination: { address: '10.0.0.2' }, protocol: 'UDP', verdict: 'unknown' }),
      expect.objectContaining({ destination: { address: '198.51.100.1' }, protocol: 'TCP', verdict: 'unknown' }),
    ]);
    expect(notes).toEqual([
      { kind: 'passed-over', what: 'a verdict on a packet that is not in the log', line: 8 },
      { kind: 'passed-over', what: 'another line of the agent', line: 9 },
    ]);
  });

  it('waits for so many verdicts and no more', () => {
    const reader = kubeNetworkPolicies.reader();
    const packet = (id: number) => JSON.stringify({ ts: 1, msg: 'Evaluating packet', id, packet: { SrcIP: `a${id}` } });
    const given = Array.from({ length: 5000 }, (_, id) => reader.line(packet(id), id + 1).records.length);
    expect(given.slice(0, 4096)).not.toContain(1);
    expect(given.slice(4096)).not.toContain(0);
    expect(reader.end().records).toHaveLength(4096);
  });
});
