import type { Direction, Layer, PolicyRef } from '../model/layer';
import { remembered } from '../model/remembered';
import type { Check } from './check';
import { isAllowAll } from './network-policies';
import { listText, podsSeen } from './pods-seen';
import { shadowedRules } from './rule-shadowed';
import type { Seen } from './seen';
import { type SeenRule, seenRules } from './seen-rules';

/** Calico keeps NetworkPolicies in its tier `default`, so that Pass in there goes past them. */
export const passSkipsPolicies: Check = {
  id: 'pass-skips-policies',
  level: 'warning',
  title: 'a Pass that goes past NetworkPolicies',
  why: 'NetworkPolicies are in the same tier of Calico, and Pass leaves the tier, so that after it nothing denies what they would deny',
  fix: 'Put the policy into a tier of its own before `default`, or write Allow for what is to get through.',
  avoid: calico('default'),
  prefer: calico('platform'),
  source:
    'Calico documentation, "Policy tiers" and "Network policy": Pass goes on with the next tier, and with the profiles after the last',
  *find(seen) {
    const skipped = skippedBy(seen);
    if (skipped.size === 0) return;
    for (const rule of seenRules(seen)) {
      if (rule.action !== 'pass' || !rule.isEnforced || shadowedRules(seen).has(rule)) continue;
      const names = policiesPassedBy(seen, rule, skipped.get(rule.parts[0].policy));
      if (names.length === 0) continue;
      yield {
        object: rule.object,
        path: rule.path,
        what: `what it passes on goes past ${listText(names)}, and no tier comes after that denies it`,
        value: 'Pass',
      };
    }
  },
};

function calico(tier: string): string {
  const named = tier === 'default' ? '' : `${tier}.`;
  return `apiVersion: v1
kind: Pod
metadata: { name: vllm, namespace: models, labels: { app: vllm } }
spec: { containers: [{ name: server }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny-all, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress] }
---
apiVersion: projectcalico.org/v3
kind: Tier
metadata: { name: platform }
spec: { order: 100, defaultAction: Pass }
---
apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata: { name: ${named}leave-to-teams }
spec:
  tier: ${tier}
  order: 10
  types: [Ingress]
  ingress: [{ action: Pass }]
`;
}

type Closed = Readonly<Record<Direction, ReadonlyMap<number, readonly string[]>>>;

/** By each policy that passes on: the classes that NetworkPolicies of its tier isolate and that no later tier denies anything, with their names. */
const skippedBy = remembered((seen: Seen): ReadonlyMap<PolicyRef, Closed> => {
  const { layers } = seen.plane.plane;
  const found = new Map<PolicyRef, Closed>();
  for (const [position, layer] of layers.entries()) {
    const passing = layer.rules.filter(({ action }) => action === 'pass').map(({ policy }) => policy);
    if (passing.length === 0 || layer.otherwise !== 'deny') continue;
    const closed = closedIn(seen, layer, layers.slice(position + 1));
    for (const policy of passing) found.set(policy, closed);
  }
  return found;
});

function closedIn(seen: Seen, { isolations, rules: own }: Layer, later: readonly Layer[]): Closed {
  const { find } = podsSeen(seen);
  const ofKubernetes = new Set(seen.reading.isolations.map(({ policy }) => policy));
  const closed = { ingress: new Map<number, string[]>(), egress: new Map<number, string[]>() };
  for (const { policy, direction, subject } of isolations) {
    if (!ofKubernetes.has(policy)) continue;
    for (const id of find(subject).surely) {
      const names = closed[direction].get(id) ?? [];
      closed[direction].set(id, [...names, `NetworkPolicy ${policy.namespace}/${policy.name}`]);
    }
  }
  // Where another of them opens everything, they deny nothing that could be passed.
  for (const rule of own) {
    if (!ofKubernetes.has(rule.policy) || !isAllowAll(rule)) continue;
    for (const id of find(rule.subject).surely) closed[rule.direction].delete(id);
  }
  for (const { otherwise, isolations: others, rules } of later) {
    const denying = [
      ...(otherwise === 'deny' ? others : []),
      // What it denies may be all that was passed on.
      ...rules.filter(({ action }) => action === 'deny'),
    ];
    for (const { direction, subject } of denying) {
      for (const id of find(subject).surely) closed[direction].delete(id);
    }
  }
  return closed;
}

function policiesPassedBy(seen: Seen, { parts, direction }: SeenRule, closed: Closed | undefined): string[] {
  const { find } = podsSeen(seen);
  const names = new Set<string>();
  for (const { subject } of parts) {
    for (const id of find(subject).surely) for (const name of closed?.[direction].get(id) ?? []) names.add(name);
  }
  return [...names];
}
