import { isKnownWorkload } from '../kinds/core';
import { isObject } from '../kinds/field';
import { knownKind } from '../kinds/known-kinds';
import { groupOf, type ObjectRef } from '../kinds/manifest';
import { readNetworkPolicy } from '../kinds/networking.k8s.io';
import type { PolicyReading } from '../kinds/policy-reading';
import { homelessPolicy, meshOfNamespace, meshOfPods, networkOfNamespace, unreadPolicies } from '../kinds/unread';
import { isOfTemplate, writtenPolicies } from '../kinds/written';
import type { Isolation, Rule } from '../model/layer';
import * as selectors from '../model/selector';
import type { UnreadPolicy } from '../model/unread-policy';
import { topicOf } from './foreign-policies';
import type { Found, ObjectContext, Place } from './found';
import { isNetworkSet, networkSet } from './network-sets';

/** What an object of a kind that is not read may do all the same, by the table of kinds. */
export function bearing(object: unknown, ref: ObjectRef, place: Place, context: ObjectContext): Partial<Found> {
  const group = groupOf(ref.apiVersion);
  const known = knownKind(group, ref.kind);
  const topic = topicOf(group, ref.kind, known);
  const said = topic === undefined ? {} : { passedOver: { topic, ref } };
  if (group === '' && ref.kind === 'Namespace') {
    return { unread: [...networkOfNamespace(object, ref, place), ...meshOfNamespace(object, ref, place)] };
  }
  if (isKnownWorkload(group, ref.kind)) return { ...said, unread: meshOfPods(object, ref, place) };
  if (known === undefined || isOfTemplate(object, context.defaultNamespace, context.templates)) return said;
  const unread = unreadPolicies(object, isHomeless(object, ref, context) ? homeless(ref) : ref, known, place);
  const written = isHomeless(object, ref, context) ? undefined : readWritten(object, ref, unread, place, context);
  return { ...said, ...(written === undefined ? named(object, ref, unread) : { written }) };
}

/**
 * The policies that a controller writes for the object, where they are known: each may be there or not. Undefined where
 * they are not known, or cannot be read.
 */
function readWritten(
  object: unknown,
  ref: ObjectRef,
  unread: readonly UnreadPolicy[],
  { source }: Place,
  { defaultNamespace, values }: ObjectContext,
): Found['written'] {
  if (unread.length !== 1) return undefined;
  const readings = writtenPolicies(groupOf(ref.apiVersion), object, ref)?.map((policy) =>
    readNetworkPolicy(policy, { source, defaultNamespace, values }),
  );
  if (readings === undefined || readings.some(({ problems }) => problems.length > 0)) return undefined;
  const doubt = { isUncertain: true, doubt: unread[0].problem } as const;
  return {
    rules: readings.flatMap(({ rules }) => rules.map((rule) => ({ ...rule, ...doubt }))),
    isolations: readings.flatMap(({ isolations }) => isolations.map((isolation) => ({ ...isolation, ...doubt }))),
  };
}

/** A set of addresses means nothing by itself, so that it depends on the policies what is in doubt. */
export function named(object: unknown, ref: ObjectRef, unread: readonly UnreadPolicy[]): Partial<Found> {
  if (unread.length === 0) return {};
  if (!isNetworkSet(groupOf(ref.apiVersion), ref.kind)) return { unread };
  return { networkSet: networkSet(object, ref.namespace, unread[0]) };
}

/** A policy without a namespace beside objects that have one: what it says is known, and not of whom. */
export function landingAnywhere(
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
export function isHomeless(object: unknown, { namespace }: ObjectRef, { isNamespaceOpen }: ObjectContext): boolean {
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
