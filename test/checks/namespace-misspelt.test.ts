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

it('finds a letter that is there twice in a short name', () => {
  expect(found(check, pod('mon', 'prometheus'), denyAll('monn'))).toMatchObject([
    {
      what: 'namespace monn has policies and nothing that they are about, and one slip makes it mon',
      fix: 'Write namespace: mon.',
    },
  ]);
  expect(found(check, pod('mon', 'prometheus'), denyAll('mono'), denyAll('man'))).toEqual([]);
});

it('finds policies of other kinds in a namespace one slip from one that is there', () => {
  const cilium = (name: string) => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'deny', namespace: name },
    spec: { endpointSelector: {}, ingress: [{}] },
  });
  expect(found(check, pod('inference', 'vllm'), cilium('inferense'))).toMatchObject([
    { value: 'inferense', fix: 'Write namespace: inference.' },
  ]);
  expect(found(check, pod('inference', 'vllm'), cilium('inference'))).toEqual([]);
});

it('finds workloads in a namespace that is not declared, one slip from one that is', () => {
  expect(
    found(check, namespace('inference'), denyAll('inference'), pod('inferense', 'a'), pod('inferense', 'b')),
  ).toMatchObject([{ value: 'inferense', fix: 'Write namespace: inference.', place: { object: 'Pod inferense/a' } }]);
});

it('says nothing of workloads whose namespace is declared, or has policies, or is beside none that is declared', () => {
  expect(found(check, namespace('gateway'), namespace('gateways'), pod('gateways', 'a'))).toEqual([]);
  expect(found(check, namespace('gateway'), denyAll('gateways'), pod('gateways', 'a'))).toEqual([]);
  expect(found(check, pod('gateway', 'a'), pod('gateways', 'a'))).toEqual([]);
});
