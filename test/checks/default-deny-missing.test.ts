import { defaultDenyMissing as check } from '../../lib/checks/default-deny-missing';
import { app, denyAll, found, foundAt, namespace, pod, policy } from './manifests';

it('is one finding for a namespace and a direction, however many pods are open', () => {
  const all = found(check, namespace('models'), pod('models', 'a'), pod('models', 'b'), pod('models', 'c'));
  expect(all.map(({ what }) => what)).toEqual([
    'no policy denies ingress by default in namespace models: Pod models/a, Pod models/b and Pod models/c are open',
    'no policy denies egress by default in namespace models: Pod models/a, Pod models/b and Pod models/c are open',
  ]);
  expect(all[0].place?.object).toBe('Namespace models');
});

it('takes pods that have a policy each for isolated, since all of them are', () => {
  const each = (name: string) => policy('models', name, { podSelector: app(name), policyTypes: ['Ingress', 'Egress'] });
  expect(found(check, pod('models', 'a'), pod('models', 'b'), each('a'), each('b'))).toEqual([]);
  expect(found(check, pod('models', 'a'), pod('models', 'b'), each('a')).map(({ what }) => what)).toEqual([
    'no policy denies ingress by default in namespace models: Pod models/b is open',
    'no policy denies egress by default in namespace models: Pod models/b is open',
  ]);
});

it('says nothing of namespaces without pods, of pods on the host network, and of the namespace of the cluster itself', () => {
  expect(found(check, namespace('empty'))).toEqual([]);
  expect(found(check, pod('models', 'exporter', {}, { hostNetwork: true }))).toEqual([]);
  expect(found(check, pod('kube-system', 'coredns'))).toEqual([]);
});

it('knows the denies of other engines', () => {
  const meta = { name: 'deny', namespace: 'models' };
  const cilium = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: meta,
    spec: { endpointSelector: {}, ingress: [{}], egress: [{}] },
  };
  const antrea = {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'NetworkPolicy',
    metadata: meta,
    spec: {
      priority: 5,
      appliedTo: [{ podSelector: {} }],
      ingress: [{ action: 'Drop' }],
      egress: [{ action: 'Drop' }],
    },
  };
  for (const deny of [cilium, antrea]) expect(found(check, pod('models', 'a'), deny)).toEqual([]);
  expect(foundAt(check, pod('models', 'a'), denyAll('elsewhere'))).toEqual([
    'warning Pod models/a',
    'warning Pod models/a',
  ]);
});
