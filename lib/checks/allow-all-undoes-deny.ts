import type { Direction, Rule } from '../model/layer';
import { podSetImplies } from '../model/pod-set';
import type { Check } from './check';
import { saysDeny } from './deny-that-allows';
import { isAllowAll, policiesAllowingAll, policiesByNamespace, rulePath, type SeenPolicy } from './network-policies';
import { podsSeen } from './pods-seen';
import type { Seen } from './seen';

export const allowAllUndoesDeny: Check = {
  id: 'allow-all-undoes-deny',
  level: 'warning',
  title: 'an allow-all that undoes the deny of another policy',
  why: 'Policies are a union: what one allows, no other takes away, so that a single allow-all cancels the others for its pods',
  fix: 'Name the peers and the ports in the policy that allows everything, or take it out.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: data }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - {}
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: data }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: postgresql, namespace: data }
spec:
  podSelector: { matchLabels: { app: postgresql } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: mlflow } } }]
      ports: [{ port: 5432 }]
`,
  source: 'Kubernetes documentation, "Network Policies": network policies do not conflict, they are additive',
  *find(seen) {
    for (const policy of policiesAllowingAll(seen)) {
      for (const rule of policy.rules) {
        if (!isAllowAll(rule) || saysDeny(policy, rule.direction)) continue;
        const undone = undoneBy(seen, policy, rule);
        if (undone === undefined) continue;
        const isWhole = podSetImplies(undone.subject, policy.subject);
        yield {
          object: policy.object,
          path: rulePath(rule),
          level: isWhole ? 'warning' : 'note',
          what: `it allows all ${rule.direction}${isWhole ? '' : ' of its pods'}, so that NetworkPolicy ${undone.namespace}/${undone.name} denies ${isWhole ? 'nothing' : 'them nothing'}`,
          value: '{}',
        };
      }
    }
  },
};

/** A policy that is narrower in the same direction about some of the same pods; the widest first. */
function undoneBy(seen: Seen, allowing: SeenPolicy, { direction }: Rule): SeenPolicy | undefined {
  const others = (policiesByNamespace(seen).get(allowing.namespace) ?? []).filter(
    (other) => other !== allowing && other.directions.includes(direction) && !allowsAll(other, direction),
  );
  const within = others.find(({ subject }) => podSetImplies(subject, allowing.subject));
  if (within !== undefined) return within;
  const { find } = podsSeen(seen);
  const own = new Set(find(allowing.subject).surely);
  return others.find(({ subject }) => find(subject).surely.some((id) => own.has(id)));
}

function allowsAll({ rules }: SeenPolicy, direction: Direction): boolean {
  return rules.some((rule) => rule.direction === direction && isAllowAll(rule));
}
