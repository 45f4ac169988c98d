import { isObject } from '../kinds/field';
import { policyReaderOf } from '../kinds/readers';
import type { SeenObject } from './seen';

/** A policy that this library rendered, by its label. */
export function isOwn({ json, group, ref }: SeenObject): boolean {
  const labels = isObject(json.metadata) ? json.metadata.labels : undefined;
  if (!isObject(labels) || labels['app.kubernetes.io/managed-by'] !== 'cdk8s-zero-trust') return false;
  return group === 'networking.k8s.io' ? ref.kind === 'NetworkPolicy' : policyReaderOf(group, ref.kind) !== undefined;
}
