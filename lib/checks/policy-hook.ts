import type { Check } from './check';
import { passing } from './lasting';

export const policyHook: Check = {
  id: 'policy-hook',
  level: 'warning',
  title: 'a policy that is a hook',
  why: 'A hook is applied at certain moments alone and may be deleted after them, and what it isolated is open then',
  fix: 'Take the annotation out; waves (argocd.argoproj.io/sync-wave) say when it is applied.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: models
  annotations:
    helm.sh/hook: post-install
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: default-deny
  namespace: models
  annotations:
    argocd.argoproj.io/sync-wave: "-1"
spec:
  podSelector: {}
  policyTypes: [Ingress, Egress]
`,
  source: 'Helm "Chart Hooks"; Argo CD "Resource Hooks"',
  find: (seen) => passing(seen, 'policy-hook'),
};
