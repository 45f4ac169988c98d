import { at, readSample } from '../read';

describe("a log of Amazon's policy agent", () => {
  it('has addresses and nothing else, in each of its forms', async () => {
    const { records, lines, summary } = await readSample('aws-vpc-cni');
    expect(summary.formats.map(({ name }) => name)).toEqual(['aws-vpc-cni']);
    expect(lines).toEqual([1, 2, 3, 4, 5]);
    const time = { from: at('10:00:00.123'), until: at('10:00:00.123') };
    const flow = {
      source: { address: '10.0.1.7' },
      destination: { address: '10.0.2.9' },
      protocol: 'TCP',
      port: 8000,
      portIs: 'pod',
      count: 1,
    };
    expect(records).toEqual([
      // What is denied may be an answer to a connection that began before the policy.
      { ...flow, verdict: 'dropped', seenAt: 'source', byPolicy: true, reason: 'Tier DEFAULT', ...time },
      {
        ...flow,
        source: { address: '2001:db8::7' },
        destination: { address: '2001:db8::9' },
        verdict: 'passed',
        seenAt: 'destination',
        isReply: false,
        ...time,
      },
      { ...flow, verdict: 'passed', isReply: false, ...time },
      { ...flow, verdict: 'dropped', byPolicy: true, reason: 'Tier DEFAULT' },
      // An error of the agent is no policy.
      {
        ...flow,
        destination: { address: '10.0.0.2' },
        protocol: 'UDP',
        port: 53,
        verdict: 'dropped',
        reason: 'Tier ERROR',
        ...time,
      },
    ]);
  });

  it('notes ends of connections, other lines of the agent, and what is no line of it', async () => {
    expect((await readSample('aws-vpc-cni')).notes).toEqual([
      { kind: 'passed-over', what: 'the end of a connection that is followed (EXPIRED)', line: 6 },
      { kind: 'passed-over', what: 'another line of the agent', line: 7 },
      { kind: 'unreadable', what: 'it is no line of the network policy agent', line: 8 },
    ]);
  });
});
