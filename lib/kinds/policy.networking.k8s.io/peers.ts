import type { Direction, RulePeer } from '../../model/layer';
import { type PodSet, podSet } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import * as selectors from '../../model/selector';
import type { Field } from '../field';
import type { Values } from '../networking.k8s.io';
import { UNCERTAIN_POLICY } from '../uncertain-policy';
import { readDomainNames, readNetworks } from './networks';
import { exactlyOne } from './shape';

/** What differs between the versions of the API where pods and other peers are named. */
export interface PeerForm {
  /** Fields of a peer; one of them is there. */
  readonly fields: Readonly<Record<Direction, readonly string[]>>;
  /** `pods` need both of their selectors; otherwise no selector of namespaces means all of them. */
  readonly needsNamespaceSelector: boolean;
  /** Reports a peer in a form that another release has, and says whether it is one. */
  readonly isOtherForm?: (peer: Field) => boolean;
}

/** A peer as far as it is known. */
export interface PeerReading {
  readonly peer: RulePeer;
  /** The peer means some of this, and which is not in manifests. */
  readonly doubt?: Problem;
}

/** `subject` of a policy, pods of namespaces or pods; undefined where it is reported. */
export function readSubject(field: Field, form: PeerForm, values: Values): PodSet | undefined {
  const problems = field.problemCount;
  const subject = readPodSet(field, exactlyOne(field, ['namespaces', 'pods']), form, values);
  return field.problemCount === problems ? subject : undefined;
}

/** One of `from` or `to`. */
export function readPeer(field: Field, direction: Direction, form: PeerForm, values: Values): PeerReading {
  if (form.isOtherForm?.(field) === true) return { peer: { kind: 'pods', pods: NOBODY } };
  const which = exactlyOne(field, form.fields[direction], FAILS_CLOSED);
  switch (which) {
    case 'networks':
      return { peer: { kind: 'addresses', addresses: readNetworks(field.child(which)) } };
    case 'domainNames':
      return { peer: { kind: 'hosts', patterns: readDomainNames(field.child(which)) } };
    case 'nodes':
      return readNodes(values.namespaces(field.child(which)));
    default:
      return { peer: { kind: 'pods', pods: readPodSet(field, which, form, values) ?? NOBODY } };
  }
}

export const NOBODY = podSet(selectors.nothing, selectors.nothing);

/** What becomes of a peer whose field a change of the CRD took away (`AdminNetworkPolicyIngressPeer`: "fail closed"). */
const FAILS_CLOSED =
  ', which the API server refuses; where a change of its definition left a peer so, engines fail closed: a rule that allows matches nothing, and any other denies everything';

function readPodSet(field: Field, which: string | undefined, form: PeerForm, values: Values): PodSet | undefined {
  if (which === 'namespaces') return podSet(values.namespaces(field.child(which)), selectors.anything);
  if (which !== 'pods') return undefined;
  const pods = field.child(which).only(['namespaceSelector', 'podSelector']);
  const [namespaceSelector, podSelector] = [pods.child('namespaceSelector'), pods.child('podSelector')];
  if (podSelector.isAbsent) podSelector.refuse(NO_POD_SELECTOR);
  if (form.needsNamespaceSelector && namespaceSelector.isAbsent) namespaceSelector.refuse(NO_NAMESPACE_SELECTOR);
  return podSet(values.namespaces(namespaceSelector), values.pods(podSelector));
}

/** Every node is what the model knows; of some by their labels, which manifests do not tell, any may be one. */
function readNodes(nodes: selectors.Selector): PeerReading {
  const peer: RulePeer = { kind: 'entity', entity: 'nodes' };
  return selectors.isAnything(nodes)
    ? { peer }
    : { peer, doubt: { ...SOME_NODES, value: selectors.selectorText(nodes) } };
}

const SOME_NODES: Problem = {
  rule: UNCERTAIN_POLICY,
  what: 'A rule means nodes by their labels, which manifests do not tell, so that it may match any node or none',
  allowed: 'nodes: {}, or networks',
  fix: 'Name the addresses of the nodes as networks.',
};

const NO_POD_SELECTOR = {
  rule: 'field-missing',
  what: 'There is no podSelector, and the API server refuses to guess',
  allowed: 'a podSelector; {} for every pod',
  fix: 'Write podSelector: {}.',
};

const NO_NAMESPACE_SELECTOR = {
  rule: 'field-missing',
  what: 'There is no namespaceSelector, and the API server refuses to guess',
  allowed: 'a namespaceSelector; {} for every namespace',
  fix: 'Write namespaceSelector: {}.',
};
