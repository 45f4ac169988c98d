import { type KnownKind, knownKind } from '../kinds/known-kinds';
import { policyReaderOf } from '../kinds/readers';
import { AT_GATEWAYS, SETTINGS } from '../kinds/unread';
import type { Topic } from './assumptions';

/** Kinds whose objects are in no namespace, as far as that is known. */
export function isClusterWide(group: string, kind: string): boolean {
  return policyReaderOf(group, kind)?.isClusterWide ?? knownKind(group, kind)?.scope === 'cluster';
}

/** Kinds of which nobody looked at the controller, and that are known to say no more than how others are run. */
const VOUCHED_GROUPS: ReadonlySet<string> = new Set([
  'monitoring.coreos.com',
  'snapshot.storage.k8s.io',
  'groupsnapshot.storage.k8s.io',
  'notification.toolkit.fluxcd.io',
  'generators.external-secrets.io',
  'bitnami.com',
]);

/** What is to be said of an object that is passed over; nothing where its kind is known to bear on nothing. */
export function topicOf(group: string, kind: string, known: KnownKind | undefined): Topic | undefined {
  if (known === undefined) return 'unknown';
  const key = `${group}/${kind}`;
  if (AT_GATEWAYS.has(key)) return 'requests';
  if (SETTINGS.has(key)) return 'settings';
  if (key === 'admissionregistration.k8s.io/MutatingWebhookConfiguration') return 'admission';
  if (known.classes.includes('brings-objects')) return 'elsewhere';
  if (known.classes.includes('other-network')) return 'networks';
  return known.certainty === 'schema' && !VOUCHED_GROUPS.has(group) ? 'unknown' : undefined;
}

/** Kinds whose objects show that the manifests speak of namespaces: pods, Services and policies. */
export function bearsOnNamespaces(group: string, kind: string): boolean {
  const classes = knownKind(group, kind)?.classes ?? [];
  return classes.some((it) => it === 'read' || it === 'decides-traffic' || it === 'makes-pods');
}

/**
 * Kinds whose objects decide what pods of other objects may do: policies, what these name, and Namespaces, by whose labels
 * they select. A workload and a Service bear on what is said of themselves.
 */
export function reachesOthers(group: string, kind: string): boolean {
  if (group === '' && kind === 'Namespace') return true;
  const classes = knownKind(group, kind)?.classes ?? [];
  if (classes.includes('makes-pods') || (group === '' && kind === 'Service')) return false;
  return classes.some((it) => it === 'read' || it === 'decides-traffic');
}

/** Who reaches whom does not hang on its objects. Of a kind of somebody's own that is not known. */
export function isInert(group: string, kind: string): boolean {
  return knownKind(group, kind)?.classes.every((it) => it === 'inert') === true;
}
