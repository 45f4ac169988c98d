import type { GraphData } from '../../graph/graph-data';
import { objectText } from '../../kinds/manifest';
import { isEmptyPodSet, namespaceNamed } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import * as selectors from '../../model/selector';
import type { UnreadPolicy } from '../../model/unread-policy';
import type { NamespaceRecord } from '../records';
import { namespaceLabels } from '../workloads/namespace-labels';

/** What policies that are not read mean for a proof. */
export interface UnreadInProof {
  /** Those that may bind pods that the proof is about: with any, nothing is proved. */
  readonly problems: readonly Problem[];
  /** The others, in a sentence. */
  readonly assumptions: readonly string[];
}

/** A policy that cannot be read speaks against the proof where it may bind a pod of one of our namespaces, and is named elsewhere. */
export function unreadInProof(
  unread: readonly UnreadPolicy[],
  graph: GraphData,
  namespaces: readonly NamespaceRecord[],
): UnreadInProof {
  const isOurs = (policy: UnreadPolicy) =>
    namespaces.some((record) => mayBindIn(record, policy)) || mayLift(policy, graph);
  const others = unread.filter((policy) => !isOurs(policy));
  const names = [...new Set(others.map(({ policy }) => objectText(policy)))].sort();
  return {
    problems: unread.filter(isOurs).map(({ problem }) => problem),
    assumptions:
      names.length === 0 ? [] : [`policies that are not read: ${names.join(', ')} bind no pod of these namespaces`],
  };
}

function mayBindIn(record: NamespaceRecord, { subject }: UnreadPolicy): boolean {
  if (isEmptyPodSet(subject)) return false;
  // Every label is known of a namespace that we render, and of another one its name.
  return record.management === 'own'
    ? selectors.matches(subject.namespaces, namespaceLabels(record))
    : selectors.intersects(subject.namespaces, namespaceNamed(record.name));
}

/** A guardrail is about pods of every namespace; what is of one namespace does not come before it. */
function mayLift(
  { policy, subject, effect }: UnreadPolicy,
  { guardrails = [], hostGuardrails = [] }: GraphData,
): boolean {
  const isWide = policy.namespace === undefined && selectors.isAnything(subject.namespaces);
  return guardrails.length + hostGuardrails.length > 0 && effect !== 'closes' && isWide;
}
