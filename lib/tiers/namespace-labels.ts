import { NAMESPACE_NAME_LABEL } from '../model/pod-set';
import type { Labels } from '../model/selector';
import type { NamespaceRecord } from './records';

/** The label that says what a namespace is for. */
export const PURPOSE_LABEL = 'purpose';
/** The label by which the API server enforces a level of Pod Security (Kubernetes, "Pod Security Admission"). */
export const POD_SECURITY_LABEL = 'pod-security.kubernetes.io/enforce';

/** The labels that are known of the namespace: all that it has where we own it, the name alone where we adopt it. */
export function namespaceLabels(record: NamespaceRecord): Labels {
  const name = { [NAMESPACE_NAME_LABEL]: record.name };
  return record.management === 'own' ? { ...declaredLabels(record), ...name } : name;
}

/** The labels that we write on the Namespace. */
export function declaredLabels({ purpose, podSecurity, labels }: NamespaceRecord): Labels {
  return { ...labels, [PURPOSE_LABEL]: purpose, [POD_SECURITY_LABEL]: podSecurity };
}
