import { LABEL_KEY_ALLOWED, labelKeyProblem, NAMESPACE_NAME_LABEL } from '../../model/labels';
import { type PodSet, podSet } from '../../model/pod-set';
import type { Requirement } from '../../model/selector';
import * as selectors from '../../model/selector';
import type { Field } from '../field';
import { namespaceCalled } from '../metadata';
import { NAMESPACE, NAMESPACE_LABELS, OF_CILIUM } from './labels';
import { notRead } from './shape';

/**
 * Labels of pods that are no part of their identity, so that no selector sees them, unless the agent is told otherwise
 * (pkg/labelsfilter/filter.go, `defaultLabelPrefixCfg`).
 */
const IGNORED =
  /^(io\.kubernetes|kubernetes\.io|k8s\.io|topology\.kubernetes\.io|.*beta\.kubernetes\.io|statefulset\.kubernetes\.io\/pod-name|apps\.kubernetes\.io\/pod-index|batch\.kubernetes\.io\/(job-completion-index|controller-uid)|pod-template-generation|pod-template-hash|controller-revision-hash|controller-uid|annotation|etcd_node)/;

/** One requirement, with what its key says about whose label it is. */
interface Part {
  readonly field: Field;
  /** Absent where none is written, which Cilium takes as `any`. */
  readonly source?: string;
  readonly key: string;
  readonly requirement: Requirement;
  readonly isInMatchLabels: boolean;
  /** No manifest tells which pods meet it. */
  readonly isUnknown?: true;
}

/** Pods that a selector holds for. */
export interface Selected {
  readonly pods: PodSet;
  /** It may hold for fewer of them. */
  readonly isUncertain: boolean;
}

/** Whom a policy is about: `namespace` is that of the policy, absent for cluster-wide ones. */
export function readSubject(field: Field, namespace: string | undefined): Selected {
  const given = requirementsOf(field);
  if (given.some(isOfNoPod)) return { pods: NO_PODS, isUncertain: false };
  const parts = understood(given);
  const isUncertain = parts.some(isUnknown);
  if (namespace === undefined) return { pods: setOf(parts), isUncertain };
  // A namespace in matchLabels with the source k8s is replaced by that of the policy (utils.go, `ParseToCiliumRule`).
  const set = setOf(parts.filter((it) => !(it.isInMatchLabels && it.source === 'k8s' && it.key === NAMESPACE)));
  return { pods: podSet(selectors.both(set.namespaces, namespaceCalled(namespace)), set.pods), isUncertain };
}

/**
 * A peer. One that names no namespace means that of the policy, and in a cluster-wide policy every pod (utils.go,
 * `getEndpointSelector`). One that names namespaces only by what they are not also holds for what has no namespace, such as
 * addresses outside the cluster, in releases that do not add the name of the cluster to it; so it is not read.
 */
export function readPeer(field: Field, namespace: string | undefined): Selected {
  const parts = readParts(field);
  const isUncertain = parts.some(isUnknown);
  const set = setOf(parts);
  const names = parts.some(({ key }) => key === NAMESPACE);
  const labels = parts.some(({ key }) => key.startsWith(NAMESPACE_LABELS));
  if (!names && !labels && namespace !== undefined) {
    return { pods: podSet(selectors.both(set.namespaces, namespaceCalled(namespace)), set.pods), isUncertain };
  }
  if ((names || namespace !== undefined) && !parts.some(isOfPodsOnly)) {
    notRead(
      field,
      'its selector names namespaces only by what they are not, so that it may also hold for what is outside the cluster',
      `a selector that also asks for the key k8s:${NAMESPACE}`,
    );
  }
  return { pods: set, isUncertain };
}

function isUnknown(part: Part): boolean {
  return part.isUnknown === true;
}

/** Whether only pods can meet the requirement: nothing else has labels of Kubernetes, or a namespace. */
function isOfPodsOnly({ source, key, requirement: { operator } }: Part): boolean {
  const isOfPods = source === 'k8s' || key === NAMESPACE || key.startsWith(NAMESPACE_LABELS);
  return isOfPods && (operator === 'In' || operator === 'Exists');
}

const NO_PODS = podSet(selectors.nothing, selectors.nothing);

/** Endpoints of Cilium's own that are no pods (pkg/identity/reserved.go); `init` and `unmanaged` are pods. */
const NOT_PODS = ['health', 'host', 'remote-node', 'ingress', 'kube-apiserver', 'world', 'world-ipv4', 'world-ipv6'];

/** Whether no pod can meet the requirement: the label is one that Cilium keeps for what is no pod. */
function isOfNoPod({ source, key, requirement: { operator } }: Part): boolean {
  return source === 'reserved' && NOT_PODS.includes(key) && (operator === 'In' || operator === 'Exists');
}

/** Labels of nodes, of which nothing is made: they are only validated. */
export function readNodeSelector(field: Field): void {
  requirementsOf(field);
}

function setOf(parts: readonly Part[]): PodSet {
  const of = (isMeant: (part: Part) => boolean) =>
    selectors.fromRequirements(
      parts.filter((part) => !isUnknown(part) && isMeant(part)).map(({ requirement }) => requirement),
    );
  return podSet(
    of(isOfNamespace),
    of((part) => !isOfNamespace(part)),
  );
}

function isOfNamespace({ key }: Part): boolean {
  return key === NAMESPACE || key.startsWith(NAMESPACE_LABELS);
}

function readParts(field: Field): Part[] {
  return understood(requirementsOf(field));
}

/** Only what is understood: the rest is reported. What no manifest tells is marked. */
function understood(given: readonly Part[]): Part[] {
  return given.flatMap((part): Part[] => {
    const { source, key, requirement } = part;
    if (source !== undefined && source !== 'k8s' && source !== 'any') {
      notRead(part.field, `it selects by labels of the source '${source}'`, 'labels of pods, k8s:<key>');
      return [];
    }
    if (key === NAMESPACE) return [{ ...part, requirement: { ...requirement, key: NAMESPACE_NAME_LABEL } }];
    if (key.startsWith(`${NAMESPACE_LABELS}.`)) {
      return [{ ...part, requirement: { ...requirement, key: key.slice(NAMESPACE_LABELS.length + 1) } }];
    }
    // Cilium gives pods labels of their cluster and service account; others are no part of their identity, unless it is told so.
    if (key.startsWith(OF_CILIUM) || IGNORED.test(key)) return [{ ...part, isUnknown: true }];
    return [part];
  });
}

function requirementsOf(field: Field): Part[] {
  field.only(['matchLabels', 'matchExpressions']);
  const labels = field.child('matchLabels');
  const ofLabels = labels.names().flatMap((name): Part[] => {
    const value = labels.child(name).text();
    if (value === undefined) return [];
    return partOf(labels.child(name), name, { operator: 'In', values: [value] }, true);
  });
  const ofExpressions = field
    .child('matchExpressions')
    .items()
    .flatMap((item): Part[] => {
      item.only(['key', 'operator', 'values']);
      const values = item
        .child('values')
        .items()
        .flatMap((value) => value.text() ?? []);
      const operator = item.child('operator').text() as Requirement['operator'];
      return partOf(
        item,
        item.child('key').text() ?? '',
        values.length === 0 ? { operator } : { operator, values },
        false,
      );
    });
  return [...ofLabels, ...ofExpressions];
}

/** None, and reported, where it is not in order. */
function partOf(field: Field, text: string, what: Omit<Requirement, 'key'>, isInMatchLabels: boolean): Part[] {
  const [first, ...rest] = text.split(':');
  const [source, key] = rest.length === 0 ? [undefined, first] : [first, rest.join(':')];
  const problem = labelKeyProblem(key) ?? (source === '' ? `The label key '${text}' has an empty source` : undefined);
  if (problem !== undefined) {
    field.refuse({
      rule: 'label-key',
      what: problem,
      value: text,
      allowed: `${LABEL_KEY_ALLOWED}; before it a source and ':', as in 'k8s:app'`,
    });
    return [];
  }
  const requirement = { key, ...what };
  const before = field.problemCount;
  field.try(() => selectors.fromRequirements([requirement]));
  if (field.problemCount > before) return [];
  return [{ field, ...(source !== undefined && { source }), key, requirement, isInMatchLabels }];
}
