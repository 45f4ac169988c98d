import { at, readSample } from '../read';

const TIMES = { from: at('10:00:00'), until: at('10:00:15') };

describe('a log of Goldmane', () => {
  it('is read with names cut off and no addresses', async () => {
    const { records, lines, summary } = await readSample('calico-goldmane');
    expect(summary.formats.map(({ name }) => name)).toEqual(['calico-goldmane']);
    expect(lines).toEqual([1, 2, 3, 4]);
    // The end of the tier denied, and the policy that isolates is the one to look at. The Service's port is not the pod's.
    expect(records[0]).toEqual({
      source: { namespace: 'ai-gateway', podPrefix: 'envoy-5d9c7f', labels: { app: 'envoy' } },
      destination: {
        namespace: 'ai-inference',
        podPrefix: 'vllm',
        labels: { app: 'vllm' },
        service: { namespace: 'ai-inference', name: 'vllm' },
      },
      protocol: 'TCP',
      port: 8000,
      portIs: 'pod',
      verdict: 'dropped',
      seenAt: 'destination',
      isReply: false,
      byPolicy: true,
      reason: 'EndOfTier Deny',
      policies: [{ kind: 'NetworkPolicy', namespace: 'ai-inference', name: 'vllm' }],
      count: 3,
      ...TIMES,
    });
  });

  it('takes a staged denial for audited, and public for no more than public', async () => {
    const { records } = await readSample('calico-goldmane');
    expect(records[1]).toEqual({
      source: { namespace: 'ai-agents', pod: 'agent-0', labels: { app: 'agent', tenant: 'blue' } },
      destination: { entity: 'public-address' },
      protocol: 'TCP',
      port: 443,
      portIs: 'pod',
      verdict: 'audited',
      seenAt: 'source',
      isReply: false,
      policies: [{ kind: 'StagedNetworkPolicy', namespace: 'ai-agents', name: 'agent-next' }],
      count: 5,
      ...TIMES,
    });
  });

  it('reads the JSON of protocol buffers too, and takes no profile for a policy', async () => {
    const { records } = await readSample('calico-goldmane');
    expect(records[2]).toEqual({
      source: { entity: 'nodes' },
      destination: { networkSet: { namespace: 'ai-agents', name: 'tools' } },
      protocol: 'TCP',
      port: 443,
      portIs: 'pod',
      verdict: 'passed',
      seenAt: 'source',
      isReply: false,
      count: 2,
      ...TIMES,
    });
    expect(records[3]).toEqual({
      source: { entity: 'private-address' },
      destination: { namespace: 'ai-inference', podPrefix: 'vllm' },
      protocol: 'other',
      portIs: 'pod',
      verdict: 'passed',
      seenAt: 'destination',
      isReply: false,
      count: 1,
      ...TIMES,
    });
  });

  it('notes what is none of its flows', async () => {
    expect((await readSample('calico-goldmane')).notes).toEqual([
      { kind: 'unreadable', what: 'it is no flow of Goldmane', line: 5 },
    ]);
  });
});
