import type { Direction } from '../model/layer';
import type { Check } from './check';
import { isAllowAll, policiesAllowingAll, rulePath, type SeenPolicy } from './network-policies';

export const denyThatAllows: Check = {
  id: 'deny-that-allows',
  level: 'error',
  title: 'a policy that is called a deny and allows everything',
  why: 'One empty rule (`- {}`) allows every peer on every port; a deny is a policy without rules',
  fix: 'Leave the rules out: podSelector and policyTypes alone deny.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: models }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - {}
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: models }
spec:
  podSelector: {}
  policyTypes: [Ingress]
`,
  source: 'Kubernetes documentation, "Network Policies": allow all ingress traffic is `ingress: [{}]`',
  *find(seen) {
    for (const policy of policiesAllowingAll(seen)) {
      const rule = policy.rules.find((each) => isAllowAll(each) && saysDeny(policy, each.direction));
      if (rule === undefined) continue;
      yield {
        object: policy.object,
        path: rulePath(rule),
        what: `${policy.name} is called a deny, and its empty ${rule.direction} rule allows everything`,
        value: '{}',
        fix: `Take the rule out: without ${rule.direction} rules the policy denies all ${rule.direction}.`,
      };
    }
  },
};

/** By its name, as far as the name is about the direction: `deny-ingress` says nothing of egress. */
export function saysDeny({ name }: SeenPolicy, direction: Direction): boolean {
  const words = name.toLowerCase();
  if (!/deny|denies/.test(words) || /allow|except|permit|open/.test(words)) return false;
  const other = direction === 'ingress' ? 'egress' : 'ingress';
  return !words.includes(other) || words.includes(direction);
}
