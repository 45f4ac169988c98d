import { hostWildcardDepth } from '../../lib/checks/host-wildcard-depth';
import { foundIn } from './found';
import { cilium } from './policies';

const to = (...patterns: string[]) =>
  cilium({ egress: `[{ toFQDNs: [${patterns.map((it) => `{ matchPattern: "${it}" }`).join(', ')}] }]` });

test('A domain whose names lie deeper is found, with one of them.', () => {
  expect(foundIn(hostWildcardDepth, to('*.hf.co'))).toMatchObject([
    {
      level: 'warning',
      what: '*.hf.co has names of one more label, and not us.aws.cdn.hf.co',
      allowed: '**.hf.co, or names one by one',
    },
  ]);
});

test('Of other domains nobody knows, and any depth has them all.', () => {
  expect(foundIn(hostWildcardDepth, to('*.example.com'))).toEqual([]);
  expect(foundIn(hostWildcardDepth, to('*.s3.eu-central-1.amazonaws.com'))).toEqual([]);
  expect(foundIn(hostWildcardDepth, to('*.hf.co', '**.hf.co'))).toEqual([]);
  expect(foundIn(hostWildcardDepth, to('*'))).toEqual([]);
});

test('Antrea reads a star as any depth.', () => {
  const antrea = `
apiVersion: crd.antrea.io/v1beta1
kind: ClusterNetworkPolicy
metadata: { name: hub }
spec: { priority: 5, appliedTo: [{ podSelector: {} }], egress: [{ name: hub, action: Allow, to: [{ fqdn: "*.hf.co" }] }] }
`;
  expect(foundIn(hostWildcardDepth, antrea)).toEqual([]);
});
