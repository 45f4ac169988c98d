import { NAMESPACE_NAME_LABEL, namespaceNameProblem } from '../../model/labels';
import { namespaceNamed, podSet } from '../../model/pod-set';
import { ZeroTrustError } from '../../model/problem';
import type { Selector } from '../../model/selector';
import * as selectors from '../../model/selector';
import { isObject } from '../field';
import type { SubjectOf } from './traits';
import { valueAt } from './value-at';

/** Every pod of the cluster. */
export const everything: SubjectOf = () => podSet(selectors.anything, selectors.anything);

/** Every pod of the namespace of the object. */
export const ofNamespace: SubjectOf = (_, { namespace }) => podSet(namespaceOr(namespace), selectors.anything);

/** Every pod of the namespace that has the name of the object. */
export const ofNamespaceNamed: SubjectOf = (_, { name }) => podSet(namespaceOr(name), selectors.anything);

/** Pods of the namespace of the object that a LabelSelector at that path selects; all of them where there is none. */
export function selectedAt(...path: readonly string[]): SubjectOf {
  return (object, { namespace }) => podSet(namespaceOr(namespace), selectorAt(object, path));
}

/** Pods of the namespace of the object that have the labels at that path; all of them where there are none. */
export function labelledAt(...path: readonly string[]): SubjectOf {
  return (object, { namespace }) => podSet(namespaceOr(namespace), labelsAt(object, path));
}

/** Pods of the namespace of the object that have these labels; `name` stands for the name of the object. */
export function labelled(labels: (name: string) => Readonly<Record<string, string>>): SubjectOf {
  return (_, { namespace, name }) =>
    podSet(
      namespaceOr(namespace),
      orAnything(() => selectors.fromLabels(labels(name))),
    );
}

/** Every pod of the namespaces that a LabelSelector at that path selects. */
export function namespacesSelectedAt(...path: readonly string[]): SubjectOf {
  return (object) => podSet(selectorAt(object, path), selectors.anything);
}

/** Every pod of these namespaces. */
export function inNamespaces(...names: readonly string[]): SubjectOf {
  const requirement = { key: NAMESPACE_NAME_LABEL, operator: 'In', values: names } as const;
  return () => podSet(selectors.fromRequirements([requirement]), selectors.anything);
}

/** As `subject`, but over all namespaces for an object in the root namespace of the mesh, which is about all of it. */
export function meshWideIn(root: string, subject: SubjectOf): SubjectOf {
  return (object, ref) => subject(object, ref.namespace === root ? { ...ref, namespace: undefined } : ref);
}

/** The namespace of that name; every one where the name is not told, or is none: nobody knows which it becomes. */
export function namespaceOr(namespace: string | undefined): Selector {
  const isName = namespace !== undefined && namespaceNameProblem(namespace) === undefined;
  return isName ? namespaceNamed(namespace) : selectors.anything;
}

function selectorAt(object: unknown, path: readonly string[]): Selector {
  const value = valueAt(object, path);
  return isObject(value) ? orAnything(() => selectors.fromLabelSelector(value)) : selectors.anything;
}

function labelsAt(object: unknown, path: readonly string[]): Selector {
  const value = valueAt(object, path);
  return isObject(value) ? orAnything(() => selectors.fromLabels(value as Record<string, string>)) : selectors.anything;
}

/** What cannot be read as a selector may select any pod. */
function orAnything(make: () => Selector): Selector {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return selectors.anything;
  }
}
