import type { Direction, PolicyRef } from '../model/layer';
import { namespaceNamed, type PodSet, podSet } from '../model/pod-set';
import type { Problem } from '../model/problem';
import * as selectors from '../model/selector';
import type { UnreadPolicy } from '../model/unread-policy';
import type { FieldPath } from './field';

type PlacedProblem = Problem & { readonly path: FieldPath };

/** A policy with problems: what it is, and what was read of it all the same. */
export interface Troubled {
  /** API group and kind. */
  readonly kind: string;
  readonly policy: PolicyRef;
  /** The pods that it is about at most, as far as its subject is understood. @default every pod of its namespace, or of the cluster */
  readonly mayBind?: readonly PodSet[];
  /** The directions of which it says something. @default both */
  readonly directions?: readonly Direction[];
  readonly problems: readonly PlacedProblem[];
}

/**
 * What stands for a policy with problems. `unread` for one that its engine takes and that is not understood: once for each
 * set of pods. `refused` for one that nobody takes, with each of its problems: it would say something if it were put right.
 */
export function standInsOf(troubled: Troubled): { unread: UnreadPolicy[] } | { refused: UnreadPolicy[] } {
  const { kind, policy, problems } = troubled;
  const { subjects, directions } = bindingOf(troubled);
  const standIns = (problem: Problem): UnreadPolicy[] =>
    subjects.map((subject) => ({ policy, kind, subject, directions, effect: 'both', problem }));
  return problems.every(isNotUnderstood) ? { unread: standIns(problems[0]) } : { refused: problems.flatMap(standIns) };
}

/** Whether a problem says that something is not understood, rather than that it is wrong or may be gone. */
export function isNotUnderstood({ rule }: Problem): boolean {
  return rule === 'writes-policies' || /^unread-|-unread$/.test(rule);
}

const BOTH: readonly Direction[] = ['ingress', 'egress'];

interface Binding {
  readonly subjects: readonly PodSet[];
  readonly directions: readonly Direction[];
}

/** As far as it was read: otherwise every pod of its namespace, or of the cluster, in both directions. */
function bindingOf({ policy, mayBind, directions = BOTH, problems }: Troubled): Binding {
  // What of a subject is not understood leaves it as wide as it may be; what is wrong leaves it open.
  const isSubjectWrong = problems.some(
    (problem) => isNamespace(problem.path) || (isAbout(problem.path, SUBJECT_FIELDS) && !isNotUnderstood(problem)),
  );
  const areDirectionsWrong = problems.some(({ path }) => isAbout(path, DIRECTION_FIELDS));
  return {
    subjects: mayBind === undefined || isSubjectWrong ? [placeOf(policy, problems)] : someOf(mayBind),
    directions: directions.length === 0 || areDirectionsWrong ? BOTH : directions,
  };
}

/** Of what is about no pod, such as nodes, there is a set all the same: nobody. */
function someOf(subjects: readonly PodSet[]): readonly PodSet[] {
  return subjects.length > 0 ? subjects : [podSet(selectors.nothing, selectors.nothing)];
}

/** Fields of a spec that say whom it is about; what is wrong with one of them leaves that open. */
const SUBJECT_FIELDS = [
  'selector',
  'namespaceSelector',
  'serviceAccountSelector',
  'endpointSelector',
  'nodeSelector',
  'podSelector',
  'appliedTo',
  'subject',
  'doNotTrack',
  'preDNAT',
  'applyOnForward',
  'stagedAction',
];
const DIRECTION_FIELDS = [
  'types',
  'policyTypes',
  'enableDefaultDeny',
  'ingress',
  'egress',
  'ingressDeny',
  'egressDeny',
];

/** Whether the field stands at the top of a spec, or of one of several; the whole spec is about everything. */
function isAbout(path: FieldPath, fields: readonly string[]): boolean {
  const [spec, ...rest] = path;
  if (spec !== 'spec' && spec !== 'specs') return false;
  const below = spec === 'specs' ? rest.slice(1) : rest;
  if (below.length === 0) return true;
  if (fields === SUBJECT_FIELDS && below.includes('appliedTo')) return true;
  // Below a list of rules, it is a rule that is wrong.
  const isInRule = fields === DIRECTION_FIELDS && !/types$/i.test(String(below[0])) && below.length > 1;
  return fields.includes(String(below[0])) && !isInRule;
}

function isNamespace([top, field]: FieldPath): boolean {
  return top === 'metadata' && field === 'namespace';
}

function placeOf({ namespace }: PolicyRef, problems: readonly PlacedProblem[]): PodSet {
  const isNamespaceWrong = problems.some(({ path }) => isNamespace(path));
  const namespaces = namespace === undefined || isNamespaceWrong ? selectors.anything : namespaceNamed(namespace);
  return podSet(namespaces, selectors.anything);
}
