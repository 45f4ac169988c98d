import { reasonMissing as check } from '../../lib/checks/reason-missing';
import { denyAll, found, policy } from './manifests';

const ours = (object: object) => ({
  ...object,
  metadata: {
    ...(object as { metadata: object }).metadata,
    labels: { 'app.kubernetes.io/managed-by': 'cdk8s-zero-trust' },
  },
});
const allowing = policy('a', 'p', { podSelector: {}, ingress: [{ ports: [{ port: 80 }] }] });

it('is about policies of this library that allow something', () => {
  expect(found(check, ours(allowing))).toHaveLength(1);
  expect(found(check, allowing, ours(denyAll('a')))).toEqual([]);
});

it('takes the empty rule of Cilium and a drop of Antrea for the denies that they are', () => {
  const cilium = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'deny', namespace: 'a' },
    spec: { endpointSelector: {}, ingress: [{}] },
  };
  const antrea = {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny', namespace: 'a' },
    spec: { priority: 5, appliedTo: [{ podSelector: {} }], ingress: [{ action: 'Drop' }] },
  };
  expect(found(check, ours(cilium), ours(antrea))).toEqual([]);
});
