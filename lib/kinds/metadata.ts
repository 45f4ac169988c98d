import {
  LABEL_KEY_ALLOWED,
  LABEL_VALUE_ALLOWED,
  type Labels,
  labelKeyProblem,
  labelValueProblem,
  NAMESPACE_NAME_ALLOWED,
  namespaceNameProblem,
  OBJECT_NAME_ALLOWED,
  objectNameProblem,
} from '../model/labels';
import { namespaceNamed } from '../model/pod-set';
import { nothing, type Selector } from '../model/selector';
import type { Field } from './field';
import { DEFAULT_NAMESPACE } from './manifest';

/** ObjectMeta of k8s.io/apimachinery/pkg/apis/meta/v1. */
export const METADATA_FIELDS = [
  'name',
  'generateName',
  'namespace',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
];

/** The name of an object; a generated one ends in `*`, since nobody knows it yet. */
export function nameOf(metadata: Field): string {
  const name = metadata.child('name');
  const prefix = metadata.child('generateName');
  if (name.isAbsent && !prefix.isAbsent) return `${prefix.text() ?? ''}*`;
  const text = name.text() ?? '';
  const what = name.isAbsent || typeof name.value === 'string' ? objectNameProblem(text) : undefined;
  if (what !== undefined) {
    const fix =
      text === ''
        ? "Write metadata.name: 'web'."
        : 'Rename the object: letters in lower case, digits and - between them.';
    name.refuse({ rule: 'object-name', what, value: text, allowed: OBJECT_NAME_ALLOWED, fix });
  }
  return text;
}

/** The namespace of a namespaced object. */
export function namespaceOf(metadata: Field, defaultNamespace = DEFAULT_NAMESPACE): string {
  const namespace = metadata.child('namespace');
  const text = namespace.text();
  if (text === undefined || text === '') return defaultNamespace;
  const what = namespaceNameProblem(text);
  if (what !== undefined) {
    namespace.refuse({ rule: 'namespace-name', what, value: text, allowed: NAMESPACE_NAME_ALLOWED });
  }
  return text;
}

/** What selects the namespace of that name; nothing for a name that `namespaceOf` refused, so that reading goes on. */
export function namespaceCalled(name: string): Selector {
  return namespaceNameProblem(name) === undefined ? namespaceNamed(name) : nothing;
}

/** The labels of an object or a template. */
export function labelsOf(metadata: Field): Labels {
  const field = metadata.child('labels');
  const labels = field.texts();
  for (const [key, value] of Object.entries(labels)) {
    const wrongKey = labelKeyProblem(key);
    const wrongValue = labelValueProblem(value);
    if (wrongKey !== undefined) {
      field.child(key).refuse({ rule: 'label-key', what: wrongKey, value: key, allowed: LABEL_KEY_ALLOWED });
    }
    if (wrongValue !== undefined) {
      field.child(key).refuse({ rule: 'label-value', what: wrongValue, value, allowed: LABEL_VALUE_ALLOWED });
    }
  }
  return labels;
}
