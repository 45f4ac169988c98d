import type { KeyConstraint } from '../../model/key-constraint';
import { NAMESPACE_NAME_LABEL } from '../../model/labels';
import { type PodSet, podSet } from '../../model/pod-set';
import { fromConstraints } from '../../model/selector-algebra';

/** Labels that Cilium gives a pod beside its own (pkg/k8s/apis/cilium.io/const.go). */
export const NAMESPACE = 'io.kubernetes.pod.namespace';
export const NAMESPACE_LABELS = 'io.cilium.k8s.namespace.labels';
export const OF_CILIUM = 'io.cilium.k8s.';

/**
 * What a selector of Kubernetes means by labels that Cilium gives pods, which it holds its podSelector against too
 * (pkg/k8s/network_policy.go, `parsePodSelector`); undefined where it asks for none. What it says of the cluster and of the
 * service account of pods, no manifest tells.
 */
export function podsByCilium({ namespaces, pods }: PodSet): { pods: PodSet; isUncertain: boolean } | undefined {
  if (!pods.constraints.some(isOfCilium)) return undefined;
  const ofNamespaces = pods.constraints.flatMap((constraint): KeyConstraint[] => {
    const key = namespaceKey(constraint.key);
    return key === undefined ? [] : [{ ...constraint, key, mayBeAbsent: mayBeAbsent(constraint, key) }];
  });
  return {
    pods: podSet(
      fromConstraints([...namespaces.constraints, ...ofNamespaces]),
      fromConstraints(pods.constraints.filter((it) => !isOfCilium(it))),
    ),
    isUncertain: pods.constraints.some((it) => isOfCilium(it) && namespaceKey(it.key) === undefined),
  };
}

function isOfCilium({ key }: KeyConstraint): boolean {
  return key === NAMESPACE || key.startsWith(OF_CILIUM);
}

/** The label of the namespace that a label of the pod is; undefined where it is none of the namespace. */
function namespaceKey(key: string): string | undefined {
  if (key === NAMESPACE) return NAMESPACE_NAME_LABEL;
  return key.startsWith(`${NAMESPACE_LABELS}.`) ? key.slice(NAMESPACE_LABELS.length + 1) : undefined;
}

function mayBeAbsent(constraint: KeyConstraint, key: string): boolean {
  return constraint.mayBeAbsent && key !== NAMESPACE_NAME_LABEL;
}
