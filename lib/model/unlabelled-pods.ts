import type { Labels, Selector } from './selector';

/**
 * Labels that controllers of Kubernetes put on every pod that they make, so that to ask for one names nobody: Deployment
 * and ReplicaSet, DaemonSet, StatefulSet, Job (kubernetes `pkg/apis/apps/v1`, `staging/src/k8s.io/api/apps/v1`,
 * `staging/src/k8s.io/api/batch/v1`).
 */
const AUTOMATIC: ReadonlySet<string> = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'controller-uid',
  'job-name',
]);

/** The labels that say which pods are meant: those of controllers are of one pod or one revision, unless there are no others. */
export function labelsOfKind(labels: Labels): Labels {
  const kept = Object.entries(labels).filter(([key]) => !AUTOMATIC.has(key));
  return kept.length === 0 ? labels : Object.fromEntries(kept);
}

/**
 * Whether a pod is selected that nobody gave a label: then the selector names no pods, but takes all that join, save for
 * those that it leaves out. However it is written: as nothing at all, or as a label that must be absent.
 */
export function takesUnlabelledPods({ impossible, constraints }: Selector): boolean {
  if (impossible) return false;
  return constraints.every(({ key, mayBeAbsent, excluded }) => mayBeAbsent || (excluded && AUTOMATIC.has(key)));
}
