import { NAMESPACE_NAME_ALLOWED, NAMESPACE_NAME_LABEL, namespaceNameProblem } from '../../model/labels';
import type { Namespace } from '../../model/world';
import type { Field } from '../field';
import { labelsOf, nameOf } from '../metadata';

/** A Namespace with the label that the API server gives it. */
export function readNamespace(top: Field): Namespace {
  const metadata = top.child('metadata');
  const name = nameOf(metadata);
  const what = namespaceNameProblem(name);
  if (what !== undefined && name !== '') {
    metadata.child('name').refuse({ rule: 'namespace-name', what, value: name, allowed: NAMESPACE_NAME_ALLOWED });
  }
  return namespaceWith(name, labelsOf(metadata));
}

/** A namespace of which nothing is known but its name. */
export function mentionedNamespace(name: string): Namespace {
  return { name, labels: { [NAMESPACE_NAME_LABEL]: name }, isMentioned: true };
}

function namespaceWith(name: string, labels: Namespace['labels']): Namespace {
  // Whatever the manifest says: the API server sets it, and refuses another value (kubernetes, NamespaceDefaultLabelName).
  return { name, labels: { ...labels, [NAMESPACE_NAME_LABEL]: name } };
}
