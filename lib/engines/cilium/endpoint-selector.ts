import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { type PodSet, soleNamespace } from '../../model/pod-set';
import { remembered } from '../../model/remembered';
import type { Requirement, Selector } from '../../model/selector';
import * as selectors from '../../model/selector';

/** As Cilium takes one: keys have the source of the label before them, `k8s:` for all that Kubernetes knows. */
export interface EndpointSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly Requirement[];
}

/** Labels that Cilium gives every pod: the name of its namespace, and the labels of its namespace. */
const NAMESPACE = 'k8s:io.kubernetes.pod.namespace';
export const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels.';

/** Pods of the namespace that the policy is in, which Cilium adds where no namespace is named. */
export const podsInside = remembered(
  (pods: Selector): EndpointSelector => selectorOf(selectors.requirements(pods).map(ofPod)),
);

/**
 * Pods by their own labels and those of their namespace. That they have a namespace is always asked for: what is outside
 * the cluster has no label at all, so that a selector which only says what is not there would hold for it too.
 */
export const podsAnywhere = remembered(({ namespaces, pods }: PodSet): EndpointSelector => {
  const ofNamespaces = selectors.requirements(namespaces).map(ofNamespace);
  const hasNamespace = ofNamespaces.some(
    ({ key, operator }) => key === NAMESPACE && (operator === 'In' || operator === 'Exists'),
  );
  const some: Requirement[] = hasNamespace ? [] : [{ key: NAMESPACE, operator: 'Exists' }];
  return selectorOf([...some, ...ofNamespaces, ...selectors.requirements(pods).map(ofPod)]);
});

/** As a peer of a policy in `namespace`. */
export function podsSeenFrom(namespace: string | undefined, set: PodSet): EndpointSelector {
  const isInside = namespace !== undefined && soleNamespace(set.namespaces) === namespace;
  return isInside ? podsInside(set.pods) : podsAnywhere(set);
}

/** Nodes, by the labels that Kubernetes has of them. */
export function nodesLabelled(nodes: Selector): EndpointSelector {
  return selectorOf(selectors.requirements(nodes));
}

function ofPod({ key, ...what }: Requirement): Requirement {
  return { key: `k8s:${key}`, ...what };
}

function ofNamespace({ key, ...what }: Requirement): Requirement {
  return { key: key === NAMESPACE_NAME_LABEL ? NAMESPACE : `k8s:${NAMESPACE_LABELS}${key}`, ...what };
}

function selectorOf(requirements: readonly Requirement[]): EndpointSelector {
  const single = requirements.filter(({ operator, values }) => operator === 'In' && values?.length === 1);
  const others = requirements.filter((it) => !single.includes(it));
  return {
    ...(single.length > 0 && {
      matchLabels: Object.fromEntries(single.map(({ key, values }) => [key, values?.[0] as string])),
    }),
    ...(others.length > 0 && { matchExpressions: others }),
  };
}
