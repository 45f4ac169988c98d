import { hostNamesDenied } from '../../lib/checks/host-names-denied';
import { foundIn } from './found';

const antrea = (...rules: string[]) => `
apiVersion: crd.antrea.io/v1beta1
kind: NetworkPolicy
metadata: { name: names, namespace: agents }
spec: { priority: 5, appliedTo: [{ podSelector: {} }], egress: [${rules.join(', ')}] }
`;

test('Names that are dropped or rejected are found at their rule.', () => {
  const rules = [
    '{ name: a, action: Allow, to: [{ fqdn: a.com }] }',
    '{ name: b, action: Reject, to: [{ fqdn: b.com }, { fqdn: "*.c.com" }] }',
  ];
  expect(foundIn(hostNamesDenied, antrea(...rules))).toMatchObject([
    { value: 'b.com, *.c.com', place: { field: 'spec.egress[1]' } },
  ]);
});

test('Names that are allowed, and denials of everything, are left alone.', () => {
  expect(
    foundIn(
      hostNamesDenied,
      antrea('{ name: a, action: Allow, to: [{ fqdn: a.com }] }', '{ name: rest, action: Drop }'),
    ),
  ).toEqual([]);
});
