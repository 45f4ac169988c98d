import {
  injectionOfNamespace,
  isKnownWorkload,
  type PodFacts,
  readCustomWorkload,
  readKnownWorkload,
  readNamespace,
  readService,
} from '../kinds/core';
import { Field, type FieldProblem } from '../kinds/field';
import { groupOf, type ObjectRef, objectText, placed } from '../kinds/manifest';
import { nameOf, namespaceOf } from '../kinds/metadata';
import { NETWORK_POLICY_API_VERSION, type NetworkPolicyReading, readNetworkPolicy } from '../kinds/networking.k8s.io';
import type { PolicyReader } from '../kinds/policy-reading';
import { policyReaderOf } from '../kinds/readers';
import { printable } from '../model/printable';
import { bearing, isHomeless, landingAnywhere, named } from './bearing';
import { bearsOnNamespaces } from './foreign-policies';
import type { Found, NamedObject, ObjectContext, Place } from './found';
import { isNetworkSet } from './network-sets';
import { notKubernetes, strangerNote } from './strangers';
import { wrongList } from './wrong-list';

/** The API versions of what we read. Every server that is still supported refuses the older ones of these groups. */
const VERSIONS: Readonly<Record<string, string>> = {
  '': 'v1',
  apps: 'apps/v1',
  batch: 'batch/v1',
  'networking.k8s.io': NETWORK_POLICY_API_VERSION,
};

export function readObject({ object, ref }: NamedObject, place: Place, context: ObjectContext): Found {
  const note = strangerNote(object, place.file);
  if (note !== undefined) return { problems: [], notes: refused(place, '', note).problems };
  if (ref === undefined) return refused(place, '', notKubernetes(object));
  const list = wrongList(object, ref, place.file);
  if (list !== undefined) return refused(place, '', list);
  const group = groupOf(ref.apiVersion);
  const { kind } = ref;
  if (isOutdated(group, ref)) {
    const found = refused(place, objectText(ref), outdated(ref));
    return kind === 'NetworkPolicy' ? { ...found, ...standingInFor(found, object, ref, place, context) } : found;
  }
  if (kind === 'NetworkPolicy' && group === 'networking.k8s.io') return readPolicy(object, ref, place, context);
  const reader = policyReaderOf(group, kind);
  if (reader !== undefined) return readOther(reader, object, ref, place, context);
  const found = reading(object, ref, place, (top) => {
    if (bearsOnNamespaces(group, kind)) top.child('metadata').object();
    if (group === '' && kind === 'Namespace') return readNamespaceObject(top);
    if (group === '' && kind === 'Service') {
      return { services: [readService(top, context.defaultNamespace)], mentioned: mentionedBy(ref) };
    }
    if (isKnownWorkload(group, kind)) {
      const isScaled = context.isScaled(kind, ref.namespace, ref.name);
      return readPods(top, ref, readKnownWorkload(kind, top, isScaled, context.memory), context);
    }
    return readPods(top, ref, readCustomWorkload(group, kind, top), context);
  });
  return { ...found, ...bearing(object, ref, place, context) };
}

function readPolicy(object: unknown, ref: ObjectRef, place: Place, context: ObjectContext): Found {
  const policy = readOnce(object, place, context);
  if (isHomeless(object, ref, context)) return landingAnywhere(policy, ref, place);
  return { policy, mentioned: mentionedBy(ref), problems: policy.problems };
}

/** For a NetworkPolicy of a version that is gone: whom it would bind in the current one, which has the same fields. */
function standingInFor(
  { problems }: Found,
  object: unknown,
  ref: ObjectRef,
  { source, sourceOf }: Place,
  context: ObjectContext,
): Partial<Found> {
  if (isHomeless(object, ref, context)) return {};
  const { defaultNamespace, values } = context;
  const { refused: standIns = [] } = readNetworkPolicy(object, { source, sourceOf, defaultNamespace, values });
  const ofVersion = standIns.filter(({ problem }) => problem.rule === 'unknown-api');
  const [problem] = problems;
  return {
    mentioned: mentionedBy(ref),
    policy: {
      rules: [],
      isolations: [],
      problems: [{ ...problem, path: ['apiVersion'] }],
      refused: ofVersion.map((standIn) => ({ ...standIn, problem })),
    },
  };
}

/** As it was read before, where it is the same object, called the same, and says the same whatever is beside it. */
function readOnce(
  object: unknown,
  { source, sourceOf }: Place,
  { defaultNamespace, values, isThere }: ObjectContext,
): NetworkPolicyReading {
  const known = values.policies?.get(object);
  if (known !== undefined && known.source === source && known.defaultNamespace === defaultNamespace)
    return known.reading;
  let isAlone = true;
  const policy = readNetworkPolicy(object, {
    source,
    sourceOf,
    defaultNamespace,
    values,
    isThere: (owner) => {
      isAlone = false;
      return isThere(owner);
    },
  });
  const { rules, isolations, leftOut, problems } = policy;
  // A doubt says where it stands, to the line where that is known.
  const isInOrder = problems.length === 0 && [...rules, ...isolations].every(({ doubt }) => doubt === undefined);
  if (isAlone && isInOrder) {
    const reading = { rules, isolations, leftOut, problems: [] } as const;
    values.policies?.set(object, { reading, source, defaultNamespace });
  }
  return policy;
}

function readOther(reader: PolicyReader, object: unknown, ref: ObjectRef, place: Place, context: ObjectContext): Found {
  const { defaultNamespace, memory, isThere, beside } = context;
  const other = reader.read(object, {
    source: place.source,
    sourceOf: place.sourceOf,
    defaultNamespace,
    memory,
    isThere,
    beside,
  });
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
  const addresses = context.addressesOf?.(`${namespace}/${kind}/${name}`) ?? [];
  // The spread comes last: in front, it would make a hidden class of every pod.
  const pods = templates.map((pod) => ({
    namespace,
    kind,
    name,
    controller,
    ...(addresses.length > 0 ? { ...pod, addresses: [...pod.addresses, ...addresses] } : pod),
  }));
  return { pods, mentioned: [namespace] };
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
