import { namespaceNameLabel as check } from '../../lib/checks/namespace-name-label';
import { found, foundAt, namespace, policy } from './manifests';

const from = policy('models', 'p', {
  podSelector: {},
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { name: 'gateway' } } }] }],
});

it('is a note where the namespace is in no manifest, since somebody may have labelled it', () => {
  expect(foundAt(check, from)).toEqual(['note NetworkPolicy models/p']);
  expect(foundAt(check, namespace('gateway'), from)).toEqual(['warning NetworkPolicy models/p']);
});

it('says nothing where a namespace has the label', () => {
  expect(found(check, namespace('gateway', { name: 'gateway' }), from)).toEqual([]);
});

it('says nothing of pods that have a label of that key', () => {
  expect(found(check, policy('models', 'p', { podSelector: { matchLabels: { name: 'gateway' } } }))).toEqual([]);
});
