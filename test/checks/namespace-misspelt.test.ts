import { namespaceMisspelt as check } from '../../lib/checks/namespace-misspelt';
import { denyAll, found, named, namespace, pod, policy } from './manifests';

const from = (name: string) =>
  policy('models', 'p', {
    podSelector: {},
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: named(name) }] }],
  });

it('finds a policy in a namespace of which nothing else is, one slip from one that is there', () => {
  expect(found(check, pod('inference', 'vllm'), denyAll('inferense'))).toMatchObject([
    { value: 'inferense', fix: 'Write namespace: inference.' },
  ]);
  expect(found(check, pod('inference', 'vllm'), denyAll('inference'))).toEqual([]);
});

it('takes tenants that differ in a letter or a number for what they are', () => {
  expect(found(check, namespace('tenant-a'), from('tenant-b'))).toEqual([]);
  expect(found(check, namespace('models-1'), from('models-2'))).toEqual([]);
});

it('says nothing of a namespace that is there, nor of one that is like none', () => {
  expect(found(check, namespace('gateway'), namespace('gateways'), from('gateways'))).toEqual([]);
  expect(found(check, namespace('gateway'), from('monitoring'))).toEqual([]);
});
