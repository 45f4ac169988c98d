import { namespaceLabelTrusted as check } from '../../lib/checks/namespace-label-trusted';
import { app, found, foundAt, named, policy } from './manifests';

const rule = (direction: 'ingress' | 'egress', peer: object) =>
  policy('models', 'p', {
    podSelector: {},
    policyTypes: ['Ingress', 'Egress'],
    [direction]: [{ [direction === 'ingress' ? 'from' : 'to']: [peer] }],
  });
const label = { matchLabels: { purpose: 'gateway' } };

it('weighs more where every pod gets in', () => {
  expect(foundAt(check, rule('ingress', { namespaceSelector: label }))).toEqual(['warning NetworkPolicy models/p']);
  expect(foundAt(check, rule('ingress', { namespaceSelector: label, podSelector: app('a') }))).toEqual([
    'note NetworkPolicy models/p',
  ]);
  expect(foundAt(check, rule('ingress', { namespaceSelector: {}, podSelector: app('a') }))).toEqual([
    'note NetworkPolicy models/p',
  ]);
});

it('trusts the name, alone or beside labels, and labels that platforms keep for themselves', () => {
  const both = { matchLabels: { purpose: 'gateway', 'kubernetes.io/metadata.name': 'gateway' } };
  const platform = { matchLabels: { 'policy-group.network.openshift.io/ingress': '' } };
  for (const namespaceSelector of [named('gateway'), both, platform])
    expect(found(check, rule('ingress', { namespaceSelector }))).toEqual([]);
});

it('says nothing of egress, of the own namespace, and of what is open to all on purpose', () => {
  expect(found(check, rule('egress', { namespaceSelector: label }))).toEqual([]);
  expect(found(check, rule('ingress', { podSelector: app('a') }))).toEqual([]);
  expect(found(check, rule('ingress', { namespaceSelector: {} }))).toEqual([]);
});
