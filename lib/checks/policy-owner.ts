import type { Check } from './check';
import { passing } from './lasting';

/** Owners that end by themselves. Others are mostly there, in the cluster that the manifests were exported from. */
const SHORT_LIVED = /^(Job|Pod) /;

export const policyOwner: Check = {
  id: 'policy-owner',
  level: 'warning',
  title: 'a policy that goes with its owner',
  why: 'The garbage collector deletes what has no owner left, and what the policy isolated is open then',
  fix: 'Take ownerReferences out of the manifest, or read the owner with it.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: models
  ownerReferences:
    - { apiVersion: batch/v1, kind: Job, name: setup, uid: 5f2c }
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: models
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`,
  source: 'Kubernetes "Garbage Collection"',
  *find(seen) {
    for (const found of passing(seen, 'policy-owner')) {
      yield { ...found, level: SHORT_LIVED.test(found.value ?? '') ? 'warning' : 'note' };
    }
  },
};
