import * as entry from '../../lib/compare/entry';

const policy = (name: string, port: number) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, namespace: 'ai' },
  spec: {
    podSelector: { matchLabels: { app: 'vectors' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { app: 'agent' } } }], ports: [{ port }] }],
  },
});

describe('the analysis entry', () => {
  it('compares policies alone', () => {
    const one = entry.readObjects([policy('a', 80)]);
    const two = entry.readObjects([policy('a', 80), policy('b', 81)]);
    expect(entry.compare(one, one).relation).toBe('equivalent');
    expect(entry.compare(one, two).relation).toBe('a-implies-b');
  });

  it('tells what is redundant', () => {
    const twice = entry.readObjects([policy('a', 80), policy('b', 80)]);
    const { policies, together } = entry.redundant(twice);
    expect(policies.map((part) => part.policy.name)).toEqual(['a', 'b']);
    expect(together).toHaveLength(1);
  });

  it('has all that the analysis has', () => {
    expect(Object.keys(entry)).toEqual(
      expect.arrayContaining(['connectivity', 'explain', 'differences', 'reach', 'read']),
    );
  });
});
