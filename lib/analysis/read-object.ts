import type { Beside } from '../kinds/beside';
import {
  type Injection,
  injectionOfNamespace,
  isKnownWorkload,
  type PodFacts,
  readCustomWorkload,
  readKnownWorkload,
  readNamespace,
  readService,
} from '../kinds/core';
import { Field, type FieldPath, type FieldProblem, isObject } from '../kinds/field';
import { knownKind } from '../kinds/known-kinds';
import type { IsThere } from '../kinds/lasting';
import { groupOf, type ObjectRef, objectText, placed, refOf } from '../kinds/manifest';
import type { Memory } from '../kinds/memory';
import { nameOf, namespaceOf } from '../kinds/metadata';
import {
  NETWORK_POLICY_API_VERSION,
  type NetworkPolicyReading,
  readNetworkPolicy,
  type Values,
} from '../kinds/networking.k8s.io';
import type { PolicyReader, PolicyReading } from '../kinds/policy-reading';
import { policyReaderOf } from '../kinds/readers';
import { homelessPolicy, networkOfNamespace, unreadPolicies } from '../kinds/unread';
import type { Isolation, Rule } from '../model/layer';
import { printable } from '../model/printable';
import type { Problem } from '../model/problem';
import * as selectors from '../model/selector';
import type { UnreadPolicy } from '../model/unread-policy';
import type { Namespace, Service } from '../model/world';
import type { PassedOver } from './assumptions';
import { isClusterWide, topicOf } from './foreign-policies';
import { isNetworkSet, type NetworkSet, networkSet } from './network-sets';
import { notKubernetes, strangerNote } from './strangers';
import type { PodsOfObject } from './world';

/** What one object adds to the reading. */
export interface Found {
  readonly namespaces?: readonly Namespace[];
  readonly mentioned?: readonly string[];
  /** What a Namespace says about sidecars of its pods. */
  readonly injections?: readonly (readonly [namespace: string, injection: Injection])[];
  readonly pods?: readonly PodsOfObject[];
  readonly services?: readonly Service[];
  /** Of a NetworkPolicy. */
  readonly policy?: NetworkPolicyReading;
  /** Of any other kind that decides on connections. */
  readonly other?: PolicyReading;
  /** What it may do to connections beside what was read of it. */
  readonly unread?: readonly UnreadPolicy[];
  readonly networkSet?: NetworkSet;
  readonly passedOver?: PassedOver;
  readonly problems: readonly Problem[];
  /** What is no object of a cluster, and no loss. */
  readonly notes?: readonly Problem[];
}

/** Where an object stands: its source, and that of a field in it. */
export interface Place {
  readonly source?: string;
  /** The path of its file, where it is of one. */
  readonly file?: string;
  readonly sourceOf: (path: FieldPath) => string | undefined;
}

export interface ObjectContext {
  readonly defaultNamespace: string;
  /** Whether objects without a namespace may land in any, since others have one and none was told. */
  readonly isNamespaceOpen: boolean;
  readonly values: Values;
  readonly memory: Memory;
  readonly isThere: IsThere;
  readonly beside: Beside;
}

/** The API versions of what we read. Every server that is still supported refuses the older ones of these groups. */
const VERSIONS: Readonly<Record<string, string>> = {
  '': 'v1',
  apps: 'apps/v1',
  batch: 'batch/v1',
  'networking.k8s.io': NETWORK_POLICY_API_VERSION,
};

export function readObject(object: unknown, place: Place, context: ObjectContext): Found {
  const note = strangerNote(object, place.file);
  if (note !== undefined) return { problems: [], notes: refused(place, '', note).problems };
  const ref = refOf(object, context.defaultNamespace, isClusterWide);
  if (ref === undefined) return refused(place, '', notKubernetes(object));
  const group = groupOf(ref.apiVersion);
  const { kind } = ref;
  if (isOutdated(group, ref)) return refused(place, objectText(ref), outdated(ref));
  if (kind === 'NetworkPolicy' && group === 'networking.k8s.io') return readPolicy(object, ref, place, context);
  const reader = policyReaderOf(group, kind);
  if (reader !== undefined) return readOther(reader, object, ref, place, context);
  const found = reading(object, ref, place, (top) => {
    if (group === '' && kind === 'Namespace') return readNamespaceObject(top);
    if (group === '' && kind === 'Service') {
      return { services: [readService(top, context.defaultNamespace)], mentioned: mentionedBy(ref) };
    }
    if (isKnownWorkload(group, kind)) return readPods(top, ref, readKnownWorkload(kind, top), context);
    return readPods(top, ref, readCustomWorkload(group, kind, top), context);
  });
  return { ...found, ...bearing(object, ref, place, context) };
}

/** What an object of a kind that is not read may do all the same, by the table of kinds. */
function bearing(object: unknown, ref: ObjectRef, place: Place, context: ObjectContext): Partial<Found> {
  const group = groupOf(ref.apiVersion);
  const known = knownKind(group, ref.kind);
  const topic = topicOf(group, ref.kind, known);
  const said = topic === undefined ? {} : { passedOver: { topic, ref } };
  if (group === '' && ref.kind === 'Namespace') return { unread: networkOfNamespace(object, ref, place) };
  if (known === undefined) return said;
  const unread = unreadPolicies(object, isHomeless(object, ref, context) ? homeless(ref) : ref, known, place);
  return { ...said, ...named(object, ref, unread) };
}

/** A set of addresses means nothing by itself, so that it depends on the policies what is in doubt. */
function named(object: unknown, ref: ObjectRef, unread: readonly UnreadPolicy[]): Partial<Found> {
  if (unread.length === 0) return {};
  if (!isNetworkSet(groupOf(ref.apiVersion), ref.kind)) return { unread };
  return { networkSet: networkSet(object, ref.namespace, unread[0]) };
}

function readPolicy(object: unknown, ref: ObjectRef, place: Place, context: ObjectContext): Found {
  const { defaultNamespace, values, isThere } = context;
  const policy = readNetworkPolicy(object, { ...place, defaultNamespace, values, isThere });
  if (isHomeless(object, ref, context)) return landingAnywhere(policy, ref, place);
  return { policy, mentioned: mentionedBy(ref), problems: policy.problems };
}

function readOther(reader: PolicyReader, object: unknown, ref: ObjectRef, place: Place, context: ObjectContext): Found {
  const { defaultNamespace, memory, isThere, beside } = context;
  const other = reader.read(object, { ...place, defaultNamespace, memory, isThere, beside });
  if (isHomeless(object, ref, context)) return landingAnywhere(other, ref, place);
  // What the engine takes and nobody here understands is not wrong: it is reckoned with as what it may say.
  const { unread = [], ...rest } = other;
  return {
    other: isNetworkSet(groupOf(ref.apiVersion), ref.kind) ? rest : other,
    mentioned: mentionedBy(ref),
    ...named(object, ref, unread),
    problems: unread.length > 0 ? [] : other.problems,
  };
}

/** A policy without a namespace beside objects that have one: what it says is known, and not of whom. */
function landingAnywhere(
  { rules, isolations, problems }: Pick<PolicyReading, 'rules' | 'isolations' | 'problems'>,
  ref: ObjectRef,
  place: Place,
): Found {
  const parts: readonly (Rule | Isolation)[] = [...isolations, ...rules];
  const broken = problems.filter(({ rule }) => rule !== 'unread-policy');
  if (broken.length > 0) return { problems: broken };
  const pods = new Set(parts.map(({ subject }) => selectors.selectorText(subject.pods)));
  const directions = (['ingress', 'egress'] as const).filter((it) => parts.some(({ direction }) => direction === it));
  const unread = homelessPolicy(
    homeless(ref),
    pods.size === 1 ? parts[0].subject.pods : selectors.anything,
    problems.length > 0 ? ['ingress', 'egress'] : directions,
    place,
  );
  return { unread: [unread], problems: [] };
}

/** Whether the object lands wherever it is applied, while others say where they are. */
function isHomeless(object: unknown, { namespace }: ObjectRef, { isNamespaceOpen }: ObjectContext): boolean {
  return isNamespaceOpen && namespace !== undefined && !hasNamespace(object);
}

/** Whether the object says the namespace that it is in. */
export function hasNamespace(object: unknown): boolean {
  const metadata = isObject(object) ? object.metadata : undefined;
  return isObject(metadata) && typeof metadata.namespace === 'string' && metadata.namespace !== '';
}

function homeless({ namespace: _, ...ref }: ObjectRef): ObjectRef {
  return ref;
}

function readNamespaceObject(top: Field): Omit<Found, 'problems'> {
  const namespace = readNamespace(top);
  const injection = injectionOfNamespace(top.child('metadata'));
  return { namespaces: [namespace], ...(injection && { injections: [[namespace.name, injection]] }) };
}

function readPods(
  top: Field,
  ref: ObjectRef,
  templates: readonly PodFacts[],
  context: ObjectContext,
): Omit<Found, 'problems'> {
  if (templates.length === 0) return {};
  const namespace = namespaceOf(top.child('metadata'), context.defaultNamespace);
  if (!top.child('metadata').child('name').isAbsent) nameOf(top.child('metadata'));
  const controller = controllerOf(top.child('metadata'));
  const { kind, name } = ref;
  return { pods: templates.map((pod) => ({ ...pod, namespace, kind, name, controller })), mentioned: [namespace] };
}

/** A static pod is controlled by its node, which all static pods of the node have in common, and is named after itself. */
function controllerOf(metadata: Field): string | undefined {
  const owner = metadata
    .child('ownerReferences')
    .items()
    .find((reference) => reference.child('controller').value === true);
  if (owner === undefined || owner.child('kind').value === 'Node') return undefined;
  return printable(`${owner.child('kind').text()}/${owner.child('name').text()}`);
}

/** What `read` finds; where it reports a problem, nothing of the object counts, since the API server would refuse it. */
function reading(object: unknown, ref: ObjectRef, place: Place, read: (top: Field) => Omit<Found, 'problems'>): Found {
  const found: FieldProblem[] = [];
  const result = read(Field.top(object, found));
  if (found.length === 0) return { ...result, problems: [] };
  return {
    mentioned: result.mentioned,
    problems: found.map((problem) => placed(problem, objectText(ref), place.sourceOf(problem.path))),
  };
}

function mentionedBy({ namespace }: ObjectRef): string[] {
  return namespace === undefined ? [] : [namespace];
}

function isOutdated(group: string, { apiVersion, kind }: ObjectRef): boolean {
  if (group === 'extensions') return kind === 'NetworkPolicy' || isKnownWorkload('apps', kind);
  const isRead = kind === 'NetworkPolicy' || kind === 'Namespace' || kind === 'Service' || isKnownWorkload(group, kind);
  return isRead && Object.hasOwn(VERSIONS, group) && apiVersion !== VERSIONS[group];
}

function refused(place: Place, object: string, problem: FieldProblem): Found {
  return { problems: [placed(problem, object, place.sourceOf(problem.path))] };
}

function outdated({ apiVersion, kind }: ObjectRef): FieldProblem {
  const group = groupOf(apiVersion);
  const current =
    group === 'extensions' ? (kind === 'NetworkPolicy' ? NETWORK_POLICY_API_VERSION : 'apps/v1') : VERSIONS[group];
  return {
    path: ['apiVersion'],
    rule: 'unknown-api',
    what: `There is no ${kind} of '${apiVersion}' in any supported version of Kubernetes`,
    value: apiVersion,
    allowed: current,
    fix: `Write '${current}', and check the fields: they may have changed with it.`,
  };
}
