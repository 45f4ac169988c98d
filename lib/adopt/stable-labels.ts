import { labelKeyProblem, labelValueProblem } from '../model/labels';
import type { Labels } from '../model/selector';

/**
 * Keys that controllers or installers give a value that does not last: of a revision, a run, a single pod, or a release.
 * Sources: Kubernetes, "Well-Known Labels, Annotations and Taints"; Helm, "Labels and Annotations".
 */
const PASSING = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'controller-uid',
  'job-name',
  'batch.kubernetes.io/controller-uid',
  'batch.kubernetes.io/job-name',
  'batch.kubernetes.io/job-completion-index',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'app.kubernetes.io/version',
  'app.kubernetes.io/managed-by',
  'helm.sh/chart',
  'chart',
  'heritage',
]);

/** The labels of pods that stay when they are made anew, upgraded or restarted. */
export function stableLabels(labels: Labels): Labels {
  return Object.fromEntries(
    Object.entries(labels).filter(
      ([key, value]) =>
        !PASSING.has(key) &&
        !looksLikeHash(key) &&
        labelKeyProblem(key) === undefined &&
        labelValueProblem(value) === undefined,
    ),
  );
}

/** Keys of controllers that are not in any list say it by their names. */
function looksLikeHash(key: string): boolean {
  return /(^|[-_./])(hash|checksum|uid|revision|generation)$/.test(key);
}
