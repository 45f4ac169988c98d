import type { Check } from './check';
import { objectsOfKind, specOf } from './seen';

const TYPES = [
  ['ingress', 'Ingress'],
  ['egress', 'Egress'],
] as const;

export const policyTypeLeftOut: Check = {
  id: 'policy-type-left-out',
  level: 'warning',
  title: 'rules of a direction that policyTypes leaves out',
  why: 'Rules of a direction that policyTypes does not name mean nothing: the pods are not isolated there',
  fix: 'Name the direction in policyTypes, or take its rules out.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Ingress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: vllm } } }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Ingress, Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: vllm } } }]
`,
  source: 'Kubernetes API reference, NetworkPolicySpec: policyTypes',
  *find(seen) {
    for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
      const spec = specOf(object);
      const types = spec.policyTypes;
      if (!Array.isArray(types) || types.length === 0) continue;
      for (const [direction, type] of TYPES) {
        const rules = spec[direction];
        if (!Array.isArray(rules) || rules.length === 0 || types.includes(type)) continue;
        yield {
          object,
          path: ['spec', direction],
          what: `policyTypes leaves ${type} out, so that the rules for ${direction} mean nothing and isolate nobody`,
          value: types.join(', '),
          allowed: 'Ingress, Egress',
          fix: `Write policyTypes: [Ingress, Egress], or take the rules for ${direction} out.`,
        };
      }
    }
  },
};
