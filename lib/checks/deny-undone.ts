import { objectText } from '../kinds/manifest';
import type { PolicyRef } from '../model/layer';
import { podSetText } from '../model/pod-set';
import * as ports from '../model/port-set';
import { isAnything } from '../model/selector';
import type { Check, CheckFinding } from './check';
import type { Seen } from './seen';
import { allowRules, type SeenRule } from './seen-rules';

/** Policies for every pod of a namespace, beside one that denies by default there: whoever opens a few pods may mean it. */
export const denyUndone: Check = {
  id: 'deny-undone',
  level: 'warning',
  title: 'a rule that undoes the default deny',
  why: 'Policies add up, so that the deny is there and everything is let through',
  fix: 'Take the rule out, or name the peers and ports that it is for.',
  avoid: both('- {}'),
  prefer: both('- { from: [{ podSelector: { matchLabels: { app: gateway } } }] }'),
  source: 'kubernetes "Network Policies" (what several policies allow is allowed)',
  *find(seen) {
    for (const direction of ['ingress', 'egress'] as const) {
      const denied = denials(seen, direction);
      if (denied.size === 0) continue;
      for (const rule of allowRules(seen, direction)) yield* found(rule, denied);
    }
  },
};

function both(rule: string): string {
  return `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: default-deny, namespace: models }
spec:
  podSelector: {}
  policyTypes: [Ingress]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: allow, namespace: models }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    ${rule}
`;
}

/** Policies that isolate every pod of a namespace and let nothing through, by whom they are about. */
function denials(seen: Seen, direction: SeenRule['direction']): Map<string, PolicyRef> {
  const allowing = new Set(
    [...seen.reading.rules, ...seen.reading.others.flatMap(({ rules }) => rules)]
      .filter((rule) => rule.direction === direction)
      .map(({ policy }) => keyOf(policy)),
  );
  return new Map(
    [
      ...seen.reading.isolations,
      ...seen.reading.others.flatMap(({ isolations, kind }) => (kind.startsWith('cilium.io/') ? isolations : [])),
    ]
      .filter(
        (each) => each.direction === direction && isAnything(each.subject.pods) && !allowing.has(keyOf(each.policy)),
      )
      .map(({ subject, policy }) => [podSetText(subject), policy]),
  );
}

function keyOf({ kind, namespace = '', name }: PolicyRef): string {
  return `${kind} ${namespace}/${name}`;
}

function* found({ object, path, parts, direction }: SeenRule, denied: Map<string, PolicyRef>): Generator<CheckFinding> {
  if (object.group !== 'networking.k8s.io' && object.group !== 'cilium.io') return;
  const open = parts.find(
    (part) =>
      part.requests === undefined &&
      ports.isEverything(part.ports) &&
      part.peers.some(({ kind }) => kind === 'anything') &&
      denied.has(podSetText(part.subject)),
  );
  if (open === undefined) return;
  yield {
    object,
    path,
    what: `it lets all ${direction} of every pod through that ${objectText(denied.get(podSetText(open.subject)) as PolicyRef)} denies`,
    value: direction,
    allowed: 'rules with peers or ports',
  };
}
