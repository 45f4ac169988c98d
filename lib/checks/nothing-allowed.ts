import type { Direction } from '../model/layer';
import { remembered } from '../model/remembered';
import * as selectors from '../model/selector';
import type { Check } from './check';
import { saysDeny } from './deny-that-allows';
import { networkPolicies, type SeenPolicy } from './network-policies';
import { isOwn } from './own-policies';
import { podsSeen, workloadsText } from './pods-seen';
import type { Seen } from './seen';

export const nothingAllowed: Check = {
  id: 'nothing-allowed',
  level: 'note',
  title: 'a policy about one app that allows it nothing in a direction',
  why: 'A policy isolates its pods in each direction that policyTypes names, and without a rule there, of this policy or another, nothing passes',
  fix: 'Add the rules that the app needs, or leave the direction out of policyTypes.',
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: external-secrets, namespace: secrets, labels: { app: external-secrets } }
spec: { containers: [{ name: operator }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: external-secrets, namespace: secrets }
spec:
  podSelector: { matchLabels: { app: external-secrets } }
  policyTypes: [Ingress, Egress]
  ingress:
    - ports: [{ port: 8080 }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: external-secrets, namespace: secrets, labels: { app: external-secrets } }
spec: { containers: [{ name: operator }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: external-secrets, namespace: secrets }
spec:
  podSelector: { matchLabels: { app: external-secrets } }
  policyTypes: [Ingress, Egress]
  ingress:
    - ports: [{ port: 8080 }]
  egress:
    - ports: [{ port: 443 }, { port: 53, protocol: UDP }, { port: 53 }]
`,
  source: 'Kubernetes documentation, "Network Policies"; the charts of External Secrets and of Prometheus',
  *find(seen) {
    const { find, of } = podsSeen(seen);
    for (const policy of networkPolicies(seen)) {
      if (selectors.isAnything(policy.subject.pods)) continue;
      for (const direction of policy.directions) {
        // Ours say in their annotation what is allowed, and it is proved that nothing else is.
        if (hasRule(policy, direction) || saysDeny(policy, direction) || isOwn(policy.object)) continue;
        const cut = [...find(policy.subject).surely].filter((id) => !allowedClasses(seen)[direction].has(id));
        if (cut.length === 0) continue;
        yield {
          object: policy.object,
          path: ['spec', 'policyTypes'],
          what: `the policy isolates the ${direction} of ${workloadsText(of(cut))}, and no policy of these manifests allows any`,
          value: direction === 'ingress' ? 'Ingress' : 'Egress',
        };
      }
    }
  },
};

function hasRule({ rules }: SeenPolicy, direction: Direction): boolean {
  return rules.some((rule) => rule.direction === direction);
}

/** The classes of pods that some rule allows something. */
const allowedClasses = remembered((seen: Seen): Readonly<Record<Direction, ReadonlySet<number>>> => {
  const { find } = podsSeen(seen);
  const found = { ingress: new Set<number>(), egress: new Set<number>() };
  for (const { rules } of seen.plane.plane.layers) {
    for (const { subject, direction, action } of rules) {
      if (action === 'deny') continue;
      const { surely, perhaps } = find(subject);
      for (const id of surely) found[direction].add(id);
      for (const id of perhaps) found[direction].add(id);
    }
  }
  return found;
});
