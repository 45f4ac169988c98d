import { at, readSample } from '../read';

describe('an answer of Whisker', () => {
  it('is read as a line, as an event of a stream, and as a list', async () => {
    const { records, lines, notes, summary } = await readSample('calico-whisker');
    expect(summary.formats.map(({ name }) => name)).toEqual(['calico-whisker']);
    expect(lines).toEqual([1, 3, 5, 5]);
    expect(notes).toEqual([{ kind: 'passed-over', what: 'a part of the stream of events', line: 2 }]);
    const [denied, allowed, , passed] = records;
    expect(denied).toEqual({
      source: { namespace: 'ai-agents', podPrefix: 'agent-7c9d', labels: { app: 'agent', tenant: 'blue' } },
      destination: { namespace: 'ai-data', podPrefix: 'redis', labels: { app: 'redis' } },
      protocol: 'TCP',
      port: 6379,
      portIs: 'pod',
      verdict: 'dropped',
      seenAt: 'destination',
      isReply: false,
      byPolicy: true,
      reason: 'EndOfTier Deny',
      policies: [{ kind: 'NetworkPolicy', namespace: 'ai-data', name: 'redis' }],
      count: 3,
      from: at('10:00:00'),
      until: at('10:00:15'),
    });
    // Packets of what is allowed are no connections.
    expect(allowed).toEqual({
      source: { namespace: 'ai-agents', podPrefix: 'agent-7c9d' },
      destination: { entity: 'public-address' },
      protocol: 'UDP',
      port: 53,
      portIs: 'pod',
      verdict: 'passed',
      seenAt: 'source',
      isReply: false,
      policies: [{ kind: 'CalicoNetworkPolicy', namespace: 'ai-agents', name: 'agent' }],
      count: 1,
      from: at('10:00:15'),
      until: at('10:00:30'),
    });
    expect(passed).toMatchObject({ source: {}, verdict: 'unknown' });
  });

  it('does not guess what a name without a star stands for', async () => {
    const { records } = await readSample('calico-whisker');
    expect(records[2]).toEqual({
      // Its labels are those of a pod or of a set of addresses.
      source: { namespace: 'ai-agents' },
      destination: { entity: 'private-address' },
      protocol: 'TCP',
      port: 443,
      portIs: 'pod',
      verdict: 'passed',
      seenAt: 'source',
      isReply: false,
      count: 1,
      from: at('10:00:30'),
      until: at('10:00:45'),
    });
  });
});
