import type { FieldPath } from '../../kinds/field';
import { groupOf } from '../../kinds/manifest';
import type { FieldDifference } from './json-difference';

/**
 * Keys that tools of deployment put on what they apply, and that decide nothing: whose it is, and where it came from.
 * Kubernetes, "Recommended Labels"; Argo CD, "Resource Tracking"; Helm, "Labels and Annotations"; Flux, "Kustomization";
 * kubectl, "Declarative Management" ; kustomize, `api/internal/utils/annotations.go`.
 */
const DESCRIPTIVE = [
  /^app\.kubernetes\.io\/(name|instance|version|component|part-of|managed-by)$/,
  /^argocd\.argoproj\.io\/(instance|tracking-id|installation-id)$/,
  /^helm\.sh\/chart$/,
  /^meta\.helm\.sh\/release-(name|namespace)$/,
  /^(kustomize|helm)\.toolkit\.fluxcd\.io\/(name|namespace)$/,
  /^kubectl\.kubernetes\.io\/last-applied-configuration$/,
  /^(alpha\.)?config\.kubernetes\.io\/(origin|transformations)$/,
  // A key without a prefix is its user's own, and no controller's (Kubernetes, "Labels and Selectors", "Annotations").
  /^[^/]+$/,
];

/**
 * Groups of Kubernetes, and of policies, in which no policy selects an object by its own labels: of a Deployment, those of
 * the template count.
 */
const UNSELECTED = new Set([
  'networking.k8s.io',
  'policy.networking.k8s.io',
  'cilium.io',
  'projectcalico.org',
  'crd.antrea.io',
  'apps',
  'batch',
  'autoscaling',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
]);

/** The same of the core group, which has pods, nodes, Namespaces, service accounts and Services besides. */
const UNSELECTED_CORE = new Set(['ConfigMap', 'Secret', 'PersistentVolume', 'PersistentVolumeClaim']);

/** Kinds of these groups that policies do select by their labels. */
const SELECTED = new Set(['NetworkSet', 'GlobalNetworkSet', 'HostEndpoint', 'WorkloadEndpoint', 'CiliumCIDRGroup']);

/** Whether the difference is something that others add to an object and that cannot matter to who may connect. */
export function isHarmlessAddition(
  { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string },
  { path, rendered, written }: FieldDifference,
): boolean {
  if (rendered !== undefined) return false;
  if (isEmptiness(path, written)) return true;
  const [first, list, key] = path;
  if (first !== 'metadata' || path.length !== 3 || typeof key !== 'string') return false;
  if (!DESCRIPTIVE.some((pattern) => pattern.test(key))) return false;
  return list === 'annotations' || (list === 'labels' && !mayBeSelected(groupOf(apiVersion), kind));
}

/** What serializers of Go write where there is nothing. */
function isEmptiness(path: FieldPath, written: unknown): boolean {
  const isStatus = path.length === 1 && path[0] === 'status';
  if (isStatus) return JSON.stringify(written) === '{}';
  return path.at(-2) === 'metadata' && path.at(-1) === 'creationTimestamp' && written === null;
}

function mayBeSelected(group: string, kind: string): boolean {
  if (group === '') return !UNSELECTED_CORE.has(kind);
  return !UNSELECTED.has(group) || SELECTED.has(kind);
}
