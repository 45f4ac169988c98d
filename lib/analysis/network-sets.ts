import { isObject } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { PolicyReading } from '../kinds/policy-reading';
import type { Rule, RulePeer } from '../model/layer';
import { namespaceNamed, podSetText } from '../model/pod-set';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';
import type { UnreadPolicy } from '../model/unread-policy';

/** Addresses under labels, as Calico has them: a selector of a policy that holds for the labels lets the addresses in. */
export interface NetworkSet {
  readonly labels: Labels;
  /** Absent for a GlobalNetworkSet. */
  readonly namespace?: string;
  readonly unread: UnreadPolicy;
}

/** Calico's kinds of sets, also as it stores them. */
export function isNetworkSet(group: string, kind: string): boolean {
  return group.endsWith('projectcalico.org') && (kind === 'NetworkSet' || kind === 'GlobalNetworkSet');
}

/** The set, with its labels as they stand; those that are no text select nothing. */
export function networkSet(object: unknown, namespace: string | undefined, unread: UnreadPolicy): NetworkSet {
  const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
  const labels = isObject(metadata.labels) ? metadata.labels : {};
  const texts = Object.entries(labels).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return { labels: Object.fromEntries(texts), ...(namespace !== undefined && { namespace }), unread };
}

/** What sets mean that are not read: they change what the policies that select them decide, and nothing else. */
export function selectedSets(sets: readonly NetworkSet[], policies: readonly PolicyReading[]): UnreadPolicy[] {
  if (sets.length === 0) return [];
  const rules = policies.filter(({ kind }) => kind.startsWith('projectcalico.org/')).flatMap((policy) => policy.rules);
  const aboutPods = new Set(rules.filter(({ peers }) => peers.some(({ kind }) => kind === 'pods')).map(placeText));
  return sets.flatMap((set) => {
    const found = new Map<string, UnreadPolicy>();
    const mayHave = (rule: Rule) => set.namespace === undefined && hasHosts(rule) && !aboutPods.has(placeText(rule));
    for (const rule of rules.filter((it) => it.peers.some((peer) => selects(peer, set)) || mayHave(it))) {
      found.set(`${podSetText(rule.subject)} ${rule.direction} ${rule.action}`, changed(set, rule));
    }
    return [...found.values()];
  });
}

/** global() is about sets of the cluster and hosts, and no pods: what labels it asks for, the rule no longer says. */
function hasHosts({ peers }: Rule): boolean {
  return peers.some(({ kind }) => kind === 'entity');
}

/** Of all rules that one rule of a policy is read into. */
function placeText({ policy, direction, index }: Rule): string {
  return `${objectText(policy)} ${direction} ${index}`;
}

/** A selector without a namespace is about sets of the whole cluster too. */
function selects(peer: RulePeer, { labels, namespace }: NetworkSet): boolean {
  if (peer.kind !== 'pods' || !selectors.matches(peer.pods.pods, labels)) return false;
  if (namespace === undefined) return selectors.isAnything(peer.pods.namespaces);
  return selectors.intersects(peer.pods.namespaces, namespaceNamed(namespace));
}

const EFFECTS = { allow: 'opens', deny: 'closes', pass: 'both' } as const;

function changed({ unread }: NetworkSet, { policy, subject, direction, action }: Rule): UnreadPolicy {
  const { problem } = unread;
  return {
    ...unread,
    subject,
    directions: [direction],
    effect: EFFECTS[action],
    problem: { ...problem, what: `${problem.what}; ${objectText(policy)} selects it` },
  };
}
