import type { PodSet } from '../../model/pod-set';
import { podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { UnreadPolicy } from '../../model/unread-policy';
import { type FieldProblem, isObject } from '../field';
import { type ObjectRef, objectText, placed } from '../manifest';
import { kindText, type Origin, policyRef } from './origin';
import { namespaceOr } from './subjects';
import { BOTH } from './traits';
import { valueAt } from './value-at';

/** On a Namespace or a pod; `none` on a pod takes it out again (istio, `pkg/config/.../enablement_selector.go`). */
export const MESH_LABEL = 'istio.io/dataplane-mode';

/** Where pods of the mesh reach each other, whatever port they mean (Istio, "Ambient and Kubernetes NetworkPolicy"). */
const TUNNEL = { protocol: 'TCP', port: 15008 } as const;

/** Where the labels of pods stand: of a Pod, of what has a template, of a CronJob. */
const LABELS_OF_PODS: readonly (readonly string[])[] = [
  ['metadata', 'labels'],
  ['spec', 'template', 'metadata', 'labels'],
  ['spec', 'jobTemplate', 'spec', 'template', 'metadata', 'labels'],
];

/** A namespace in Istio's ambient mesh: policies see the tunnel of two of its pods, and not the port that they mean. */
export function meshOfNamespace(object: unknown, ref: ObjectRef, origin: Origin): UnreadPolicy[] {
  const pods = selectors.fromLabelSelector({
    matchExpressions: [{ key: MESH_LABEL, operator: 'NotIn', values: ['none'] }],
  });
  return isAmbient(object, ['metadata', 'labels'])
    ? [inMesh(podSet(namespaceOr(ref.name), pods), ['metadata', 'labels'], ref, origin)]
    : [];
}

/** Whether a workload says of its pods that they are in the mesh. */
export function isInMesh(object: unknown): boolean {
  return LABELS_OF_PODS.some((labels) => isAmbient(object, labels));
}

/** Pods that say themselves that they are in the mesh. */
export function meshOfPods(object: unknown, ref: ObjectRef, origin: Origin): UnreadPolicy[] {
  const { namespace } = ref;
  const path = LABELS_OF_PODS.slice(ref.kind === 'Pod' ? 0 : 1).find((labels) => isAmbient(object, labels));
  if (path === undefined || namespace === undefined) return [];
  return [inMesh(podSet(namespaceOr(namespace), selectors.fromLabels({ [MESH_LABEL]: 'ambient' })), path, ref, origin)];
}

function isAmbient(object: unknown, path: readonly string[]): boolean {
  const labels = valueAt(object, path);
  return isObject(labels) && labels[MESH_LABEL] === 'ambient';
}

function inMesh(subject: PodSet, labels: readonly string[], ref: ObjectRef, origin: Origin): UnreadPolicy {
  const problem: FieldProblem = {
    path: [...labels, MESH_LABEL],
    rule: 'ambient-mesh',
    what: 'Pods of an ambient mesh reach each other through TCP 15008, so that policies see that port, and not the one that is meant',
    value: 'ambient',
    allowed: 'pods outside the mesh',
    fix: `Set ${MESH_LABEL} to none for pods whose policies are to be judged, or judge them on the cluster.`,
  };
  return {
    policy: policyRef(ref, origin),
    kind: kindText(ref),
    subject,
    directions: BOTH,
    effect: 'closes',
    tunnel: TUNNEL,
    problem: placed(problem, objectText(ref), origin.sourceOf(problem.path)),
  };
}
