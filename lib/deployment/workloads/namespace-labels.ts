import type { ApiObject } from 'cdk8s';
import { NAMESPACE_NAME_LABEL } from '../../model/pod-set';
import type { Labels } from '../../model/selector';
import type { NamespaceRecord } from '../records';
import { rendering } from './rendering';

/** Id of the Namespace in the construct of a namespace of our own. */
export const NAMESPACE_OBJECT = '$namespace';

/** The label that says what a namespace is for. */
export const PURPOSE_LABEL = 'purpose';
/** The label by which the API server enforces a level of Pod Security (Kubernetes, "Pod Security Admission"). */
export const POD_SECURITY_LABEL = 'pod-security.kubernetes.io/enforce';

/** The labels that are known of the namespace: all that it has where we own it, the name alone where we adopt it. */
export function namespaceLabels(record: NamespaceRecord): Labels {
  const object = namespaceObject(record);
  const rendered = object === undefined ? {} : labelsOf(rendering(object));
  return { ...rendered, [NAMESPACE_NAME_LABEL]: record.name };
}

/** The Namespace, where it is ours: its chart, or whoever gets hold of it, may have given it labels of their own. */
export function namespaceObject({ construct }: NamespaceRecord): ApiObject | undefined {
  return construct.node.tryFindChild(NAMESPACE_OBJECT) as ApiObject | undefined;
}

export function labelsOf(json: ReturnType<ApiObject['toJson']>): Labels {
  return json.metadata?.labels ?? {};
}

/** The labels that we write on the Namespace. */
export function declaredLabels({ purpose, podSecurity, labels }: NamespaceRecord): Labels {
  return { ...labels, [PURPOSE_LABEL]: purpose, [POD_SECURITY_LABEL]: podSecurity };
}
