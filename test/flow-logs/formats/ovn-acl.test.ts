import { at, read, readSample, sample } from '../read';

describe('an ACL log of OVN', () => {
  it('has addresses, and the policy by the name of the ACL', async () => {
    const { records, notes } = await readSample('ovn-acl');
    expect(records).toHaveLength(7);
    expect(records.slice(0, 3)).toEqual([
      {
        source: { address: '10.244.2.6' },
        destination: { namespace: 'ai-data', address: '10.244.2.7' },
        protocol: 'TCP',
        port: 6379,
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'destination',
        isReply: false,
        policies: [{ kind: 'NetworkPolicy', namespace: 'ai-data', name: 'redis' }],
        count: 1,
        from: at('10:00:00.441'),
        until: at('10:00:00.441'),
      },
      {
        source: { namespace: 'ai-agents', address: '2001:db8::7' },
        destination: { address: '2001:db8::35' },
        protocol: 'UDP',
        port: 53,
        portIs: 'pod',
        verdict: 'dropped',
        seenAt: 'source',
        byPolicy: true,
        count: 1,
        from: at('10:00:01.441'),
        until: at('10:00:01.441'),
      },
      {
        // The first answer, turned round; no direction is said, but by the name.
        source: { address: '10.244.2.6' },
        destination: { namespace: 'ai-data', address: '10.244.2.7' },
        protocol: 'TCP',
        port: 6379,
        portIs: 'pod',
        verdict: 'passed',
        seenAt: 'destination',
        isReply: true,
        policies: [{ kind: 'NetworkPolicy', namespace: 'ai-data', name: 'redis' }],
        count: 1,
        from: at('10:00:02.441'),
        until: at('10:00:02.441'),
      },
    ]);
    expect(notes).toEqual([{ kind: 'unreadable', what: 'it is no line of an ACL log', line: 8 }]);
  });

  it('takes no name that may be cut off', async () => {
    const { records } = await readSample('ovn-acl');
    expect(records[3]).toMatchObject({ destination: { namespace: 'ai-inference' }, verdict: 'dropped' });
    expect(records[3]?.policies).toBeUndefined();
  });

  it('knows egress firewalls, admin policies, and names that say nothing', async () => {
    const { records } = await readSample('ovn-acl');
    expect(records[4]).toMatchObject({
      source: { namespace: 'ai-agents', address: '10.244.2.7' },
      seenAt: 'source',
      policies: [{ kind: 'EgressFirewall', namespace: 'ai-agents', name: 'default' }],
    });
    expect(records[5]).toMatchObject({
      source: { address: '10.244.2.7' },
      protocol: 'other',
      seenAt: 'source',
      policies: [{ kind: 'AdminNetworkPolicy', name: 'no-metadata' }],
    });
    expect(records[6]).toEqual({
      source: { address: '10.244.2.7' },
      destination: { address: '10.244.2.6' },
      protocol: 'TCP',
      port: 22,
      portIs: 'pod',
      verdict: 'dropped',
      byPolicy: true,
      count: 1,
      from: at('10:00:06.441'),
      until: at('10:00:06.441'),
    });
  });

  it('says nothing of an address that is empty, and nothing of a policy without a name', async () => {
    const line = sample('ovn-acl')
      .toString()
      .split('\n')
      .find((own) => own.includes('nw_src=') && own.includes('NP:'));
    const damaged = (line ?? '').replace(/nw_src=[^,]*/, 'nw_src=').replace(/(NP:[^:]+):[^:]+:/, '$1::');
    const { records } = await read([Buffer.from(damaged)]);
    expect(records).toHaveLength(1);
    expect(records[0]?.source.address).toBeUndefined();
    expect(records[0]?.policies).toBeUndefined();
  });
});
