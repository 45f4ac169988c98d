import { at, readSample } from '../read';

describe("GKE's policy log", () => {
  it('is read from files and from Cloud Logging', async () => {
    const { records, notes, summary } = await readSample('gke-dataplane-v2');
    expect(summary.formats.map(({ name }) => name)).toEqual(['gke-dataplane-v2']);
    expect(records).toEqual([
      {
        // The ReplicaSet has a hash in its name: of what it belongs to, the name is known and the kind is not.
        source: {
          namespace: 'ai-agents',
          pod: 'agent-7b78d7c957-zkn54',
          workload: { name: 'agent' },
          address: '10.84.1.7',
        },
        destination: {
          namespace: 'ai-inference',
          pod: 'vllm-0',
          workload: { kind: 'StatefulSet', name: 'vllm' },
          address: '10.84.0.11',
        },
        protocol: 'TCP',
        port: 8000,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'destination',
        byPolicy: true,
        count: 4,
        until: at('10:00:00.445'),
      },
      {
        source: { namespace: 'ai-agents', pod: 'agent-0', address: '10.84.1.8' },
        destination: { entity: 'outside', address: '203.0.113.9' },
        protocol: 'TCP',
        port: 443,
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'source',
        isReply: false,
        policies: [
          { kind: 'NetworkPolicy', namespace: 'ai-agents', name: 'agent' },
          { kind: 'CiliumClusterwideNetworkPolicy', name: 'tools' },
        ],
        count: 1,
        from: at('10:00:01'),
        until: at('10:00:01'),
      },
      {
        source: { entity: 'nodes', address: '10.128.0.5' },
        // A word of letters that hashes do not have is no hash.
        destination: {
          namespace: 'ai-inference',
          pod: 'x',
          workload: { kind: 'ReplicaSet', name: 'x-canary' },
          address: '10.84.0.11',
        },
        protocol: 'TCP',
        port: 8000,
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'destination',
        isReply: false,
        count: 1,
        from: at('10:00:02'),
        until: at('10:00:02'),
      },
    ]);
    expect(notes).toEqual([{ kind: 'unreadable', what: "it is no entry of GKE's policy log", line: 4 }]);
  });
});
