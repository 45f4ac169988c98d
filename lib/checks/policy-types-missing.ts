import type { Check, CheckFinding } from './check';
import { objectsOfKind, specOf } from './seen';

export const policyTypesMissing: Check = {
  id: 'policy-types-missing',
  level: 'note',
  title: 'policyTypes left out',
  why: 'Without policyTypes a policy always isolates ingress, and egress only where it has an egress rule, which is easily not what was meant',
  fix: 'Write policyTypes with the directions that are meant.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  egress:
    - to: [{ podSelector: { matchLabels: { app: vllm } } }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to: [{ podSelector: { matchLabels: { app: vllm } } }]
`,
  source: 'kubernetes pkg/apis/networking/v1/defaults.go, SetDefaults_NetworkPolicy',
  *find(seen) {
    for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
      const { policyTypes, ingress, egress } = specOf(object);
      const types = policyTypes ?? [];
      if (!Array.isArray(types) || types.length > 0) continue;
      yield { object, path: ['spec'], ...withoutTypes(ingress, egress) };
    }
  },
};

function withoutTypes(ingress: unknown, egress: unknown): CheckFinding {
  const isGiven = (rules: unknown) => Array.isArray(rules) && rules.length > 0;
  if (isGiven(egress) && !isGiven(ingress)) {
    return {
      level: 'warning',
      what: 'policyTypes is left out, so that the policy denies all ingress too, though it has rules for egress alone',
      fix: 'Write policyTypes: [Egress], or [Ingress, Egress] where both are meant.',
    };
  }
  if (Array.isArray(egress) && egress.length === 0) {
    return {
      level: 'warning',
      what: 'policyTypes is left out, and an empty egress list alone isolates nothing: the pods reach everything',
      fix: 'Write policyTypes: [Ingress, Egress] to deny egress.',
    };
  }
  return {
    what: `policyTypes is left out, so that the policy is about ${isGiven(egress) ? 'both directions' : 'ingress alone'}`,
    fix: `Write policyTypes: [${isGiven(egress) ? 'Ingress, Egress' : 'Ingress'}].`,
  };
}
