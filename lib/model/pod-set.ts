import { NAMESPACE_NAME_LABEL } from './labels';
import { remembered } from './remembered';
import type { Labels, Selector } from './selector';
import * as selectors from './selector';

export { NAMESPACE_NAME_LABEL };

/**
 * Pods, by the labels of their namespace and their own. Pods on the host network are never in it: they carry the
 * identity of their node.
 */
export interface PodSet {
  /** Over the labels of the namespace. */
  readonly namespaces: Selector;
  /** Over the labels of the pod. */
  readonly pods: Selector;
}

/** Namespaces with exactly this name. */
export function namespaceNamed(name: string): Selector {
  return selectors.fromLabels({ [NAMESPACE_NAME_LABEL]: name });
}

/** The name, when `namespaces` means one namespace by its name and nothing else; otherwise undefined. */
export function soleNamespace(namespaces: Selector): string | undefined {
  if (namespaces.constraints.length !== 1) return undefined;
  const [{ key, excluded, values }] = namespaces.constraints;
  return key === NAMESPACE_NAME_LABEL && !excluded && values.length === 1 ? values[0] : undefined;
}

export function podSet(namespaces: Selector, pods: Selector): PodSet {
  return { namespaces, pods };
}

/** Pods of one namespace, by its name. */
export function podsIn(namespace: string, pods: Selector): PodSet {
  return { namespaces: namespaceNamed(namespace), pods };
}

/** Pods of any labels, in any namespace. */
export const anyPods: PodSet = { namespaces: selectors.anything, pods: selectors.anything };

export function matchesPod(set: PodSet, namespaceLabels: Labels, podLabels: Labels): boolean {
  return selectors.matches(set.namespaces, namespaceLabels) && selectors.matches(set.pods, podLabels);
}

/** Every pod of `a` is in `b`. */
export function podSetImplies(a: PodSet, b: PodSet): boolean {
  return (
    a === b || isEmptyPodSet(a) || (selectors.implies(a.namespaces, b.namespaces) && selectors.implies(a.pods, b.pods))
  );
}

/** Some pod could be in both. */
export function podSetsIntersect(a: PodSet, b: PodSet): boolean {
  return selectors.intersects(a.namespaces, b.namespaces) && selectors.intersects(a.pods, b.pods);
}

/** The pods that are in both. */
export function commonPods(a: PodSet, b: PodSet): PodSet {
  return { namespaces: selectors.both(a.namespaces, b.namespaces), pods: selectors.both(a.pods, b.pods) };
}

/** Any pod is in it. */
export function isEveryPod(set: PodSet): boolean {
  return selectors.isAnything(set.namespaces) && selectors.isAnything(set.pods);
}

export function isEmptyPodSet(set: PodSet): boolean {
  return selectors.isNothing(set.namespaces) || selectors.isNothing(set.pods);
}

/** Canonical text, `namespace/selector`: a bare name for one namespace, a selector in braces otherwise. */
export const podSetText = remembered((set: PodSet): string => {
  const name = soleNamespace(set.namespaces);
  return `${name ?? `{${selectors.selectorText(set.namespaces)}}`}/{${selectors.selectorText(set.pods)}}`;
});
