import { kindMisspelt as check } from '../../lib/checks/kind-misspelt';
import { found } from './manifests';

const of = (apiVersion: string, kind: string) => ({
  apiVersion,
  kind,
  metadata: { name: 'deny-all', namespace: 'models' },
  spec: { podSelector: {} },
});

it.each([
  ['networking.k8s.io/v1', 'NetworkPolcy', 'NetworkPolicy of networking.k8s.io'],
  ['networking.k8s.io/v1', 'networkpolicy', 'NetworkPolicy of networking.k8s.io'],
  ['networking.k8s.io/v1', 'NetworkPolicies', undefined],
  ['cilium.io/v2', 'CiliumNetworkPolciy', 'CiliumNetworkPolicy of cilium.io'],
  ['v1', 'NetworkPolicy', 'NetworkPolicy of networking.k8s.io'],
  ['networkin.k8s.io/v1', 'NetworkPolicy', 'NetworkPolicy of networking.k8s.io'],
  ['projectcalico.org/v3', 'GlobalNetworkPolicyy', 'GlobalNetworkPolicy of projectcalico.org'],
])('%s %s is taken for %s', (apiVersion, kind, meant) => {
  expect(found(check, of(apiVersion, kind)).map(({ fix }) => fix)).toEqual(
    meant === undefined ? [] : [`Write ${meant}, if that is what is meant.`],
  );
});

it('says nothing of kinds that are known, and of those of others', () => {
  expect(found(check, of('networking.k8s.io/v1', 'NetworkPolicy'))).toEqual([]);
  expect(found(check, of('policy.example/v1', 'NetworkPolicy'))).toEqual([]);
  expect(found(check, of('example.org/v1', 'NetworkPolicyReport'))).toEqual([]);
});
