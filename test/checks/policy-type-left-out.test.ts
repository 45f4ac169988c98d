import { policyTypeLeftOut as check } from '../../lib/checks/policy-type-left-out';
import { found, policy } from './manifests';

it('says nothing of an empty list of the direction that is left out', () => {
  expect(
    found(check, policy('a', 'p', { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}], egress: [] })),
  ).toEqual([]);
});

it('points at the rules', () => {
  const [one] = found(check, policy('a', 'p', { podSelector: {}, policyTypes: ['Egress'], ingress: [{}] }));
  expect(one.place?.field).toBe('spec.ingress');
});
