import '../../lib/testing';
import { Port } from '../../lib';
import { zeroTrustMatchers } from '../../lib/testing';

expect.extend(zeroTrustMatchers as never);

const pods = ['a', 'b', 'c'].map((namespace) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'pod', namespace, labels: { app: namespace } },
  spec: { containers: [{ name: 'c', image: 'i' }] },
}));

/** Of a tier that nobody shows. */
const policy = {
  apiVersion: 'projectcalico.org/v3',
  kind: 'NetworkPolicy',
  metadata: { name: 'unknown.one', namespace: 'a' },
  spec: { tier: 'unknown', selector: 'all()', types: ['Egress'] },
};

const deny = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'deny', namespace: 'c' },
  spec: { podSelector: {}, policyTypes: ['Ingress', 'Egress'] },
};

describe('a policy of which nobody knows what the engine makes', () => {
  const all = [...pods, policy, deny];

  it('leaves what is not about its pods to be asked', () => {
    expect(all).toAllow('b/app=b', 'a/app=a', Port.tcp(443));
    expect(all).toDeny('b/app=b', 'c/app=c', Port.tcp(443));
  });

  it('lets nothing be sure of its pods', () => {
    expect(() => expect(all).toAllow('a/app=a', 'b/app=b', Port.tcp(443))).toThrow('unknown');
    expect(() => expect(all).toDeny('a/app=a', 'b/app=b', Port.tcp(443))).toThrow('unknown');
    expect(() => expect(all).toIsolate('a')).toThrow('perhaps');
  });
});
