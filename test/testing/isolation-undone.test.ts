import '../../lib/testing';
import { zeroTrustMatchers } from '../../lib/testing';

expect.extend(zeroTrustMatchers as never);

const deny = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'shop' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};

const cleanup = {
  apiVersion: 'kyverno.io/v2',
  kind: 'ClusterCleanupPolicy',
  metadata: { name: 'old' },
  spec: { match: { any: [{ resources: { kinds: ['NetworkPolicy'] } }] }, schedule: '0 0 * * *' },
};

describe('a namespace that policies isolate', () => {
  it('is isolated, as long as nothing changes or deletes these policies', () => {
    expect([deny]).toIsolate('shop');
  });

  it('is perhaps not, beside what may delete them', () => {
    expect([deny, cleanup]).not.toIsolate('shop');
    expect(() => expect([deny, cleanup]).toIsolate('shop')).toThrow('perhaps no policy isolates a pod');
  });

  it('is isolated beside what changes policies in another namespace alone', () => {
    const elsewhere = { ...cleanup, kind: 'CleanupPolicy', metadata: { name: 'old', namespace: 'other' } };
    expect([deny, elsewhere]).toIsolate('shop');
  });
});
