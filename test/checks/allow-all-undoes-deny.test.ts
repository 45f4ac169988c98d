import { allowAllUndoesDeny as check } from '../../lib/checks/allow-all-undoes-deny';
import { app, denyAll, found, foundAt, pod, policy } from './manifests';

const open = (podSelector: object) =>
  policy('data', 'postgresql', { podSelector, policyTypes: ['Egress'], egress: [{}] });

it('is a note where it is about some of the pods, which is often meant', () => {
  expect(foundAt(check, pod('data', 'postgresql'), denyAll('data'), open(app('postgresql')))).toEqual([
    'note NetworkPolicy data/postgresql',
  ]);
  expect(foundAt(check, pod('data', 'postgresql'), denyAll('data'), open({}))).toEqual([
    'warning NetworkPolicy data/postgresql',
  ]);
});

it('says nothing where no other policy denies the same pods in that direction', () => {
  const other = policy('data', 'other', { podSelector: app('other'), policyTypes: ['Egress'] });
  const ingress = policy('data', 'ingress', { podSelector: {}, policyTypes: ['Ingress'] });
  expect(
    found(check, pod('data', 'postgresql'), pod('data', 'other'), open(app('postgresql')), other, ingress),
  ).toEqual([]);
  expect(found(check, pod('data', 'postgresql'), open({}), denyAll('elsewhere'))).toEqual([]);
});
