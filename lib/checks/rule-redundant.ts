import { groupBy } from '../model/group-by';
import { into } from '../model/into';
import type { Rule, RulePeer } from '../model/layer';
import { isEmptyPodSet, type PodSet, podSetImplies, podSetText, soleNamespace } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Selector } from '../model/selector';
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
    for (const rules of comparable(seen)) yield* redundantAmong(rules);
  },
};

/** Of so many rules about one namespace and direction each is held against every other; beyond it only the first are. */
const MOST_HELD_AGAINST = 200;

/** Allowing rules of NetworkPolicies and of Cilium's kinds, those about one namespace and direction together. */
function comparable(seen: Seen): readonly (readonly SeenRule[])[] {
  const found: SeenRule[][] = [];
  const byNamespace = { ingress: new Map<string, SeenRule[]>(), egress: new Map<string, SeenRule[]>() };
  for (const rule of seenRules(seen)) {
    const { object, action, direction, parts } = rule;
    if (action !== 'allow' || !COMPARABLE.includes(object.group)) continue;
    const namespace = soleNamespace(parts[0].subject.namespaces);
    if (namespace === undefined) continue;
    const others = byNamespace[direction].get(namespace);
    if (others !== undefined) {
      others.push(rule);
      continue;
    }
    const rules = [rule];
    byNamespace[direction].set(namespace, rules);
    found.push(rules);
  }
  return found;
}

const COMPARABLE: readonly string[] = ['networking.k8s.io', 'cilium.io'];

function* redundantAmong(rules: readonly SeenRule[]): Generator<CheckFinding> {
  if (rules.length < 2) return;
  const others = heldAgainst(rules.slice(0, MOST_HELD_AGAINST));
  for (const [position, rule] of rules.entries()) {
    const other = rule.parts.every(isCertain) ? coveringRule(rule, position, others) : undefined;
    if (other !== undefined) yield finding(rule, other);
  }
}

/** The first of the others that makes a rule needless; of two that let the same through, the later one is. */
function coveringRule(rule: SeenRule, position: number, { inOrder, placesFor, wider }: Others): SeenRule | undefined {
  const subjects = wider(subjectOf(rule));
  let first = inOrder.length;
  for (const places of placesFor(rule.parts[0].peers)) {
    for (const place of places) {
      const { rule: other, position: before, subject } = inOrder[place];
      if (place >= first || before === position || !subjects.has(subject)) continue;
      if (covers(other, rule) && (before < position || !covers(rule, other))) first = place;
    }
  }
  return inOrder[first]?.rule;
}

/**
 * The rules that others are held against. Many rules are about the same pods, so that each set is compared once; few have
 * a peer in common, so that most are never looked at.
 */
interface Others {
  /** Those about the same pods together; each with its position among all, and its pods, for equal ones the same object. */
  readonly inOrder: readonly { readonly rule: SeenRule; readonly position: number; readonly subject: PodSet }[];
  /** Places in that order, rising, of the rules that may be about the first peer too. */
  readonly placesFor: (peers: readonly RulePeer[]) => readonly (readonly number[])[];
  /** The subjects among them that have all these pods, or more. */
  readonly wider: (subject: PodSet) => ReadonlySet<PodSet>;
}

function heldAgainst(rules: readonly SeenRule[]): Others {
  const groups = groupBy([...rules.keys()], (position) => podSetText(subjectOf(rules[position])));
  const subjects = [...groups.values()].map(([first]) => subjectOf(rules[first]));
  const inOrder = [...groups.values()].flatMap((positions, group) =>
    positions.map((position) => ({ rule: rules[position], position, subject: subjects[group] })),
  );
  const byTrait = new Map<string, number[]>();
  for (const [place, { rule }] of inOrder.entries()) {
    for (const { peers } of rule.parts) for (const peer of peers) into(byTrait, demandedTrait(peer), place);
  }
  const all = [...inOrder.keys()];
  return {
    inOrder,
    placesFor: (peers) => traitsOf(peers)?.map((trait) => byTrait.get(trait) ?? []) ?? [all],
    wider: remembered((subject) => new Set(subjects.filter((each) => podSetImplies(subject, each)))),
  };
}

/** What each peer within this one has of these: a label with its one value, or the kind of peer; `ANY` where nothing is known. */
function demandedTrait(peer: RulePeer): string {
  if (peer.kind === 'anything') return ANY;
  if (peer.kind !== 'pods') return peer.kind;
  return labelsDemanded(peer.pods.pods)[0] ?? labelsDemanded(peer.pods.namespaces)[0] ?? ANY;
}

const ANY = '';

/** The traits of which a peer has one that this one is within; undefined where it may be within any, or there is none. */
function traitsOf([peer]: readonly RulePeer[]): readonly string[] | undefined {
  if (peer === undefined || (peer.kind === 'pods' && isEmptyPodSet(peer.pods))) return undefined;
  if (peer.kind !== 'pods') return [peer.kind, ANY];
  return [...labelsDemanded(peer.pods.pods), ...labelsDemanded(peer.pods.namespaces), ANY];
}

/** Labels of which everything that the selector has wears one value, `app=vllm`. */
const labelsDemanded = remembered(({ constraints }: Selector): readonly string[] =>
  constraints.flatMap(({ key, values, excluded, mayBeAbsent }) =>
    excluded || mayBeAbsent || values.length !== 1 ? [] : [`${key}=${values[0]}`],
  ),
);

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
