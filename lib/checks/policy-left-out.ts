import type { Check } from './check';
import { passing } from './lasting';

export const policyLeftOut: Check = {
  id: 'policy-left-out',
  level: 'warning',
  title: 'a policy that tools of deployment leave out',
  why: 'The tool does not apply it, so that what it isolates is open unless somebody applied it before',
  fix: 'Take the annotation out.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: models
  annotations:
    kustomize.toolkit.fluxcd.io/reconcile: disabled
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
  source: 'kustomize api/resource/factory.go; Flux "Kustomization", "Controlling the apply behavior of resources"',
  find: (seen) => passing(seen, 'policy-left-out'),
};
