import { policySelectsNothing as check } from '../../lib/checks/policy-selects-nothing';
import { app, denyAll, found, homeless, pod, policy } from './manifests';

const ingress = (namespace: string, name: string) =>
  policy(namespace, name, { podSelector: app(name), policyTypes: ['Ingress'] });

it('names the pods that were probably meant', () => {
  expect(found(check, pod('models', 'inference'), ingress('models', 'inferense'))).toMatchObject([
    {
      level: 'warning',
      what: 'no workload of namespace models has {app=inferense}; Pod models/inference has {app=inference}',
    },
  ]);
});

it('says nothing where the pods of the namespace are in no manifest', () => {
  expect(found(check, ingress('models', 'vllm'))).toEqual([]);
  expect(found(check, pod('data', 'weaviate'), ingress('models', 'vllm'))).toEqual([]);
});

it('says nothing of a deny of everything, nor of pods on the host network, of which another rule tells', () => {
  expect(found(check, pod('models', 'vllm'), denyAll('models'))).toEqual([]);
  expect(
    found(
      check,
      pod('models', 'exporter', {}, { hostNetwork: true }),
      pod('models', 'a'),
      ingress('models', 'exporter'),
    ),
  ).toEqual([]);
});

it('is a note where an operator may make the pods', () => {
  const cluster = {
    apiVersion: 'example.com/v1',
    kind: 'ModelCluster',
    metadata: { name: 'big', namespace: 'models' },
    spec: {},
  };
  expect(found(check, pod('models', 'vllm'), cluster, ingress('models', 'workers'))).toMatchObject([
    {
      level: 'note',
      what: 'no workload of namespace models has {app=workers}, unless ModelCluster big makes pods that do',
    },
  ]);
});

it('sees policies of other engines', () => {
  const cilium = (name: string) => ({
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name, namespace: 'models' },
    spec: { endpointSelector: app(name), ingress: [{}] },
  });
  expect(found(check, pod('models', 'vllm'), cilium('vllm'))).toEqual([]);
  expect(found(check, pod('models', 'vllm'), cilium('other'))).toMatchObject([
    { place: { object: 'CiliumNetworkPolicy models/other' } },
  ]);
});

it('says nothing where the workload says no namespace, as charts leave it out', () => {
  const other = pod('models', 'other');
  expect(found(check, other, ingress('models', 'vllm'))).toHaveLength(1);
  expect(found(check, other, homeless('vllm'), ingress('models', 'vllm'))).toEqual([]);
});
