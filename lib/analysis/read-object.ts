import {
  isKnownWorkload,
  type PodFacts,
  readByShape,
  readKnownWorkload,
  readNamespace,
  readService,
} from '../kinds/core';
import { Field, type FieldPath, type FieldProblem, isObject, shown } from '../kinds/field';
import { groupOf, type ObjectRef, objectText, placed, refOf } from '../kinds/manifest';
import type { Memory } from '../kinds/memory';
import { namespaceOf } from '../kinds/metadata';
import {
  NETWORK_POLICY_API_VERSION,
  type NetworkPolicyReading,
  readNetworkPolicy,
  type Values,
} from '../kinds/networking.k8s.io';
import type { PolicyReader, PolicyReading } from '../kinds/policy-reading';
import { policyReaderOf, policyReaders } from '../kinds/readers';
import type { Problem } from '../model/problem';
import type { Namespace, Service } from '../model/world';
import { isClusterWide, isUnreadPolicy } from './foreign-policies';
import type { PodsOfObject } from './world';

/** What one object adds to the reading. */
export interface Found {
  readonly namespaces?: readonly Namespace[];
  readonly mentioned?: readonly string[];
  readonly pods?: readonly PodsOfObject[];
  readonly services?: readonly Service[];
  /** Of a NetworkPolicy. */
  readonly policy?: NetworkPolicyReading;
  /** Of any other kind that decides on connections. */
  readonly other?: PolicyReading;
  readonly problems: readonly Problem[];
}

/** Where an object stands: its source, and that of a field in it. */
export interface Place {
  readonly source?: string;
  readonly sourceOf: (path: FieldPath) => string | undefined;
}

export interface ObjectContext {
  readonly defaultNamespace: string;
  readonly values: Values;
  readonly memory: Memory;
}

/** The API versions of what we read. Every server that is still supported refuses the older ones of these groups. */
const VERSIONS: Readonly<Record<string, string>> = {
  '': 'v1',
  apps: 'apps/v1',
  batch: 'batch/v1',
  'networking.k8s.io': NETWORK_POLICY_API_VERSION,
};

export function readObject(object: unknown, place: Place, context: ObjectContext): Found {
  const ref = refOf(object, context.defaultNamespace, isClusterWide);
  if (ref === undefined) return refused(place, '', notKubernetes(object));
  const group = groupOf(ref.apiVersion);
  const { kind } = ref;
  if (isOutdated(group, ref)) return refused(place, objectText(ref), outdated(ref));
  if (isUnreadPolicy(group, kind)) return refused(place, objectText(ref), unread(ref));
  if (kind === 'NetworkPolicy' && group === 'networking.k8s.io') return readPolicy(object, ref, place, context);
  const reader = policyReaderOf(group, kind);
  if (reader !== undefined) return readOther(reader, object, ref, place, context);
  return reading(object, ref, place, (top) => {
    if (group === '' && kind === 'Namespace') return { namespaces: [readNamespace(top)] };
    if (group === '' && kind === 'Service') {
      return { services: [readService(top, context.defaultNamespace)], mentioned: mentionedBy(ref) };
    }
    if (isKnownWorkload(group, kind)) return readPods(top, ref, readKnownWorkload(kind, top), context);
    return readPods(top, ref, readByShape(top), context);
  });
}

function readPolicy(object: unknown, ref: ObjectRef, place: Place, { defaultNamespace, values }: ObjectContext): Found {
  const policy = readNetworkPolicy(object, { ...place, defaultNamespace, values });
  return { policy, mentioned: mentionedBy(ref), problems: policy.problems };
}

function readOther(
  reader: PolicyReader,
  object: unknown,
  ref: ObjectRef,
  place: Place,
  { defaultNamespace, memory }: ObjectContext,
): Found {
  const other = reader.read(object, { ...place, defaultNamespace, memory });
  // What the engine takes and nobody here understands is not wrong: it is reckoned with as what it may say.
  const problems = other.unread === undefined ? other.problems : [];
  return { other, mentioned: mentionedBy(ref), problems };
}

function readPods(
  top: Field,
  ref: ObjectRef,
  templates: readonly PodFacts[],
  context: ObjectContext,
): Omit<Found, 'problems'> {
  if (templates.length === 0) return {};
  const namespace = namespaceOf(top.child('metadata'), context.defaultNamespace);
  const controller = controllerOf(top.child('metadata'));
  const { kind, name } = ref;
  return { pods: templates.map((pod) => ({ ...pod, namespace, kind, name, controller })), mentioned: [namespace] };
}

function controllerOf(metadata: Field): string | undefined {
  const owner = metadata
    .child('ownerReferences')
    .items()
    .find((reference) => reference.child('controller').value === true);
  return owner === undefined ? undefined : `${owner.child('kind').text()}/${owner.child('name').text()}`;
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

function notKubernetes(object: unknown): FieldProblem {
  const missing = isObject(object) ? 'has no apiVersion and kind' : `is ${shown(object)}`;
  return {
    path: [],
    rule: 'not-kubernetes',
    what: `This is not a Kubernetes object: it ${missing}`,
    allowed: 'an object with apiVersion, kind and metadata',
    fix: 'Leave files that hold anything else out of what is read.',
  };
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

function unread({ apiVersion, kind }: ObjectRef): FieldProblem {
  return {
    path: ['kind'],
    rule: 'unread-policy',
    what: `The ${kind} of '${apiVersion}' decides on connections and is not read, so that every verdict could be wrong`,
    value: kind,
    allowed: [`NetworkPolicy of '${NETWORK_POLICY_API_VERSION}'`, ...policyReaders().map(readerText)].join(', '),
    fix: 'Judge these manifests with a tool of that engine.',
  };
}

function readerText({ kind, apiVersions }: PolicyReader): string {
  return `${kind} of ${apiVersions.map((version) => `'${version}'`).join(' or ')}`;
}
