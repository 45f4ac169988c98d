import * as ips from '../../model/ip-set';
import type { RulePeer } from '../../model/layer';
import { type PodSet, podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import { Field, type FieldProblem } from '../field';
import { nameOf, namespaceOf } from '../metadata';
import type { Scope } from './scope';
import { notRead } from './shape';

/** Whom a group stands for. */
export interface Members {
  readonly pods: readonly PodSet[];
  readonly addresses: ips.IpSet;
}

const NOBODY: Members = { pods: [], addresses: ips.none };

/** A ClusterGroup for a policy of the cluster, a Group of its own namespace for another; reported where it is not read. */
export function readGroup(field: Field, scope: Scope): Members {
  const name = field.text() ?? '';
  const members = membersOf(name, scope, 'with children');
  if (members !== undefined) return members;
  notRead(field, 'It names a group that is not among the manifests, or not by selectors or blocks', GROUPS);
  return NOBODY;
}

/** A group as the peers of a rule. */
export function groupPeers({ pods, addresses }: Members): RulePeer[] {
  return [
    ...pods.map((set): RulePeer => ({ kind: 'pods', pods: set })),
    ...(ips.isEmpty(addresses) ? [] : [{ kind: 'addresses' as const, addresses }]),
  ];
}

/** A group as what a policy is applied to: pods, of one namespace where the policy is of one. */
export function groupSubjects(
  field: Field,
  { pods, addresses }: Members,
  { namespace, values }: Scope,
): readonly PodSet[] {
  const own = namespace === undefined ? selectors.anything : values.namespace(namespace);
  if (!ips.isEmpty(addresses) || !pods.every(({ namespaces }) => selectors.implies(namespaces, own))) {
    notRead(field, 'It is applied to a group of more than pods of its own', 'groups of pods');
  }
  return pods;
}

const GROUPS = 'groups among the manifests with podSelector, namespaceSelector, ipBlocks or childGroups';

/** Children have no children of their own (`validateChildGroup`, pkg/controller/networkpolicy). */
function membersOf(name: string, scope: Scope, depth: 'with children' | 'child'): Members | undefined {
  const spec = specOf(name, scope);
  if (spec === undefined) return undefined;
  const { field, problems } = spec;
  const given = field.names();
  const children = field.child('childGroups').items();
  if (children.length > 0) {
    if (given.length > 1 || depth === 'child') return undefined;
    return together(children.map((child) => membersOf(child.text() ?? '', scope, 'child')));
  }
  const isRead = given.length > 0 && given.every((it) => ['podSelector', 'namespaceSelector', 'ipBlocks'].includes(it));
  const members = given.includes('ipBlocks') ? ofBlocks(field, scope) : ofSelectors(field, scope);
  return isRead && problems.length === 0 && !(given.includes('ipBlocks') && given.length > 1) ? members : undefined;
}

/** What is wrong with a group is found here too, and not reported: the policy that names it is not read then. */
function specOf(name: string, { namespace, beside }: Scope): { field: Field; problems: FieldProblem[] } | undefined {
  const kind = namespace === undefined ? 'ClusterGroup' : 'Group';
  for (const object of beside.ofKind('crd.antrea.io', kind)) {
    const problems: FieldProblem[] = [];
    const top = Field.top(object, problems);
    const metadata = top.child('metadata');
    const isIn = namespace === undefined || namespaceOf(metadata, beside.defaultNamespace) === namespace;
    if (isIn && nameOf(metadata) === name) return { field: top.child('spec'), problems };
  }
  return undefined;
}

function together(all: readonly (Members | undefined)[]): Members | undefined {
  const known = all.filter((it) => it !== undefined);
  if (known.length < all.length) return undefined;
  return { pods: known.flatMap(({ pods }) => pods), addresses: ips.unionOf(known.map(({ addresses }) => addresses)) };
}

function ofBlocks(spec: Field, { values }: Scope): Members {
  const blocks = spec
    .child('ipBlocks')
    .items()
    .map((block) => values.addresses(block.only(['cidr', 'except']).child('cidr'), block.child('except')));
  return { pods: [], addresses: ips.unionOf(blocks) };
}

function ofSelectors(spec: Field, { namespace, values }: Scope): Members {
  const [pods, namespaces] = [spec.child('podSelector'), spec.child('namespaceSelector')];
  const own = namespace === undefined ? selectors.anything : values.namespace(namespace);
  const within = namespaces.isAbsent ? own : values.namespaces(namespaces);
  return { pods: [podSet(within, values.pods(pods))], addresses: ips.none };
}
