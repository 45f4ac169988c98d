import { denyThatAllows as check } from '../../lib/checks/deny-that-allows';
import { found, policy } from './manifests';

const both = (name: string) =>
  policy('models', name, { podSelector: {}, policyTypes: ['Ingress', 'Egress'], egress: [{}] });

it('goes by what the name says of the direction', () => {
  expect(found(check, both('default-deny'))).toHaveLength(1);
  expect(found(check, both('deny-all-egress'))).toHaveLength(1);
  expect(found(check, both('deny-ingress'))).toEqual([]);
  expect(found(check, both('deny-ingress-allow-egress'))).toEqual([]);
  expect(found(check, both('web'))).toEqual([]);
});

it('is about rules without any limit: one with a port or a peer denies the rest', () => {
  const narrow = policy('models', 'default-deny', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [{ ports: [{ port: 53, protocol: 'UDP' }] }],
  });
  expect(found(check, narrow)).toEqual([]);
});
