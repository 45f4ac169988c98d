import type { Direction, Isolation, PolicyRef, Rule } from '../model/layer';
import { isEmptyPodSet, namespaceNamed, type PodSet, podSet, podSetText } from '../model/pod-set';
import type { Problem } from '../model/problem';
import * as selectors from '../model/selector';
import type { UnreadPolicy } from '../model/unread-policy';
import type { FieldPath } from './field';

/** The pods that a policy is about, and the directions in which it says something. */
export interface Binding {
  readonly subjects: readonly PodSet[];
  readonly directions: readonly Direction[];
}

type PlacedProblem = Problem & { readonly path: FieldPath };

/** A policy with problems: what it is, and what was read of it all the same. */
export interface Troubled {
  /** API group and kind. */
  readonly kind: string;
  readonly policy: PolicyRef;
  /** Whom it binds, where its reader says so. @default those of its rules and isolations */
  readonly binding?: Binding;
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  readonly problems: readonly PlacedProblem[];
}

/**
 * What stands for a policy with problems. `unread` for one that its engine takes and that is not understood: once for each
 * set of pods. `refused` for one that nobody takes, with each of its problems: it would say something if it were put right.
 */
export function standInsOf(troubled: Troubled): { unread: UnreadPolicy[] } | { refused: UnreadPolicy[] } {
  const { problems } = troubled;
  if (problems.every(isNotUnderstood)) return { unread: standIns(troubled, problems[0]) };
  return { refused: problems.flatMap((problem) => standIns(troubled, problem)) };
}

function isNotUnderstood({ rule }: Problem): boolean {
  return /^unread-|-unread$/.test(rule);
}

function standIns(troubled: Troubled, problem: Problem): UnreadPolicy[] {
  const { kind, policy } = troubled;
  const { subjects, directions } = bindingOf(troubled);
  return subjects.map((subject) => ({ policy, kind, subject, directions, effect: 'both', problem }));
}

const BOTH: readonly Direction[] = ['ingress', 'egress'];

/** As far as it was read: otherwise every pod of its namespace, or of the cluster, in both directions. */
function bindingOf({ policy, binding, rules, isolations, problems }: Troubled): Binding {
  const all = [...isolations, ...rules];
  const subjects = binding?.subjects ?? distinct(all.map(({ subject }) => subject));
  const directions = binding?.directions ?? BOTH.filter((each) => all.some(({ direction }) => direction === each));
  const isSubjectWrong = problems.some(({ path }) => isNamespace(path) || isAbout(path, SUBJECT_FIELDS));
  const isKnown = subjects.length > 0 && !isSubjectWrong;
  const areDirectionsKnown = directions.length > 0 && !problems.some(({ path }) => isAbout(path, DIRECTION_FIELDS));
  return {
    subjects: isKnown ? subjects : [placeOf(policy, problems)],
    directions: areDirectionsKnown ? directions : BOTH,
  };
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

function distinct(sets: readonly PodSet[]): PodSet[] {
  const byText = new Map(sets.filter((set) => !isEmptyPodSet(set)).map((set) => [podSetText(set), set]));
  return [...byText.values()];
}
