import { into } from '../model/into';
import type { Rule } from '../model/layer';
import { type PodSet, podSetImplies, podSetText, soleNamespace } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { isCoveredBy } from './peers';
import { placeFrom } from './place-in';
import type { Seen } from './seen';
import { type SeenRule, seenRules } from './seen-rules';

/** Of kinds whose rules add up. One that only several others cover together is not found: that takes `compare --redundant`. */
export const ruleRedundant: Check = {
  id: 'rule-redundant',
  level: 'note',
  title: 'a rule that another one makes needless',
  why: 'Who narrows it believes that less is let through, and nothing changes',
  fix: 'Take the rule out, and keep its direction in policyTypes; or narrow the other one, where that is too wide.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 8080 }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agents, namespace: data }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  podSelector: { matchLabels: { app: weaviate } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: agents } } }]
      ports: [{ port: 8080 }]
`,
  source:
    'kubernetes "Network Policies" (policies add up); np-guard network-config-analyzer, docs/SchemeFileFormat.md (redundancy)',
  *find(seen) {
    for (const rules of comparable(seen).values()) yield* redundantAmong(rules);
  },
};

/** Of so many rules about one namespace and direction each is held against every other; beyond it only the first are. */
const MOST_HELD_AGAINST = 200;

/** Allowing rules of NetworkPolicies and of Cilium's kinds by the namespace and direction that they are about. */
function comparable(seen: Seen): Map<string, SeenRule[]> {
  const found = new Map<string, SeenRule[]>();
  for (const rule of seenRules(seen)) {
    const { object, action, direction, parts } = rule;
    if (action !== 'allow' || !['networking.k8s.io', 'cilium.io'].includes(object.group)) continue;
    const namespace = soleNamespace(parts[0].subject.namespaces);
    if (namespace === undefined) continue;
    into(found, `${direction} ${namespace}`, rule);
  }
  return found;
}

function* redundantAmong(rules: readonly SeenRule[]): Generator<CheckFinding> {
  const widerThan = widerSubjects(rules.slice(0, MOST_HELD_AGAINST).map((rule, position) => ({ rule, position })));
  for (const [position, rule] of rules.entries()) {
    if (!rule.parts.every(isCertain)) continue;
    const other = widerThan(rule).find(
      (each) =>
        each.position !== position && covers(each.rule, rule) && (each.position < position || !covers(rule, each.rule)),
    );
    if (other !== undefined) yield finding(rule, other.rule);
  }
}

/** A rule, and where it stands among those that it is held against. */
interface Held {
  readonly rule: SeenRule;
  readonly position: number;
}

/** Finds the rules about the same pods or more. Many rules are about the same pods, so that each set is compared once. */
function widerSubjects(rules: readonly Held[]): (rule: SeenRule) => readonly Held[] {
  const bySubject = new Map<string, Held[]>();
  for (const held of rules) into(bySubject, podSetText(subjectOf(held.rule)), held);
  const subjects = [...bySubject.values()];
  const wider = remembered((subject: PodSet) =>
    subjects.filter(([first]) => podSetImplies(subject, subjectOf(first.rule))).flat(),
  );
  return (rule) => wider(subjectOf(rule));
}

/** All parts of a written rule are about the same pods. */
function subjectOf({ parts: [{ subject }] }: SeenRule): PodSet {
  return subject;
}

function covers(wide: SeenRule, narrow: SeenRule): boolean {
  return narrow.parts.every((part) => wide.parts.some((other) => isCertain(other) && isCoveredBy(part, other)));
}

/** What may be there or not says nothing about others. */
function isCertain({ isUncertain }: Rule): boolean {
  return isUncertain !== true;
}

function finding(rule: SeenRule, other: SeenRule): CheckFinding {
  const place = placeFrom(rule.object, other);
  return {
    object: rule.object,
    path: rule.path,
    what: `${place} lets through all that this rule does`,
    value: place,
    allowed: 'rules without which less is let through',
  };
}
