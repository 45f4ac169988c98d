import { nothingAllowed as check } from '../../lib/checks/nothing-allowed';
import { app, denyAll, found, pod, policy } from './manifests';

const isolated = policy('a', 'db', {
  podSelector: app('db'),
  policyTypes: ['Ingress', 'Egress'],
  ingress: [{ ports: [{ port: 5432 }] }],
});

it('counts what other policies allow', () => {
  const dns = policy('a', 'dns', { podSelector: {}, policyTypes: ['Egress'], egress: [{ ports: [{ port: 53 }] }] });
  expect(found(check, pod('a', 'db'), isolated)).toHaveLength(1);
  expect(found(check, pod('a', 'db'), isolated, dns)).toEqual([]);
});

it('says nothing of a deny for the namespace, or of one by name', () => {
  expect(found(check, pod('a', 'db'), denyAll('a'))).toEqual([]);
  expect(
    found(check, pod('a', 'db'), policy('a', 'deny-db', { podSelector: app('db'), policyTypes: ['Egress'] })),
  ).toEqual([]);
});
