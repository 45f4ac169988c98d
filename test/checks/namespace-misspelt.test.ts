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

it('finds workloads in a namespace that nobody declares, one slip from one that is declared', () => {
  expect(found(check, namespace('ai-inference'), pod('ai-inferense', 'vllm'))).toMatchObject([
    {
      value: 'ai-inferense',
      place: { object: 'Pod ai-inferense/vllm', field: 'metadata.namespace' },
      what: 'Pod ai-inferense/vllm is in namespace ai-inferense, which nobody declares, and one slip makes it ai-inference: no policy of ai-inference is about it',
    },
  ]);
  expect(found(check, namespace('ai-inference'), namespace('ai-inferense'), pod('ai-inferense', 'vllm'))).toEqual([]);
  expect(found(check, pod('ai-inference', 'vllm'), pod('ai-inferense', 'vllm'))).toEqual([]);
});

it('takes a letter that was struck twice for a slip, also in a short name', () => {
  expect(found(check, pod('mon', 'prometheus'), denyAll('monn'))).toMatchObject([{ value: 'monn' }]);
  expect(found(check, pod('dev', 'app'), denyAll('den'))).toEqual([]);
  expect(found(check, pod('dev', 'app'), denyAll('devs'))).toEqual([]);
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
