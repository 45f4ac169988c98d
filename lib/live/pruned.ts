import { isObject } from '../kinds/field';

type Fields = Readonly<Record<string, unknown>>;

/** Who owns which field, and the last manifest that kubectl applied: as long as the object, and of no meaning. */
const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

/** An object without what only the API server and kubectl keep for themselves. */
export function withoutManagedFields(object: Fields): Fields {
  const { metadata } = object;
  if (!isObject(metadata)) return object;
  const { managedFields: _, ...kept } = metadata;
  if (!isObject(kept.annotations) || !(LAST_APPLIED in kept.annotations)) return { ...object, metadata: kept };
  const { [LAST_APPLIED]: __, ...annotations } = kept.annotations;
  return { ...object, metadata: { ...kept, annotations } };
}

/** Of pods that ended nothing is left in the network. */
export function hasEnded({ status }: Fields): boolean {
  return isObject(status) && (status.phase === 'Succeeded' || status.phase === 'Failed');
}

/** A Job that is over makes no more pods (batch/v1, `JobConditionType`). */
export function isOver({ status }: Fields): boolean {
  const conditions = isObject(status) && Array.isArray(status.conditions) ? status.conditions.filter(isObject) : [];
  return conditions.some(({ type, status: holds }) => (type === 'Complete' || type === 'Failed') && holds === 'True');
}

/** What of a Pod bears on policy, and on where it is: some hundred bytes of some ten thousand. */
export function prunedPod({ apiVersion, kind, metadata, spec, status }: Fields): Fields {
  return {
    apiVersion,
    kind,
    metadata: prunedMetadata(metadata),
    ...(isObject(spec) && { spec: prunedSpec(spec) }),
    ...(isObject(status) && { status: { podIPs: ipsOf(status), phase: status.phase } }),
  };
}

/** Only whose it is. */
export function prunedOwner({ apiVersion, kind, metadata }: Fields): Fields {
  return { apiVersion, kind, metadata: prunedMetadata(metadata) };
}

function prunedMetadata(metadata: unknown): Fields {
  if (!isObject(metadata)) return {};
  const { name, namespace, uid, labels, annotations, ownerReferences } = metadata;
  return { name, namespace, uid, labels, annotations: meant(annotations), ownerReferences };
}

/** Annotations of Pods that say something of the network: other networks, sidecars, meshes. */
function meant(annotations: unknown): unknown {
  if (!isObject(annotations)) return undefined;
  const kept = Object.entries(annotations).filter(([key]) => /cni|mesh|istio|linkerd|inject|consul|kuma/.test(key));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function prunedSpec({ hostNetwork, nodeName, containers, initContainers }: Fields): Fields {
  return {
    hostNetwork,
    nodeName,
    containers: prunedContainers(containers),
    ...(Array.isArray(initContainers) && { initContainers: prunedContainers(initContainers) }),
  };
}

function prunedContainers(containers: unknown): readonly Fields[] {
  return (Array.isArray(containers) ? containers : [])
    .filter(isObject)
    .map(({ name, image, ports, restartPolicy }) => ({
      name,
      image,
      ...(ports !== undefined && { ports }),
      ...(restartPolicy !== undefined && { restartPolicy }),
    }));
}

function ipsOf({ podIPs, podIP }: Fields): readonly unknown[] {
  if (Array.isArray(podIPs) && podIPs.length > 0) return podIPs;
  return typeof podIP === 'string' && podIP !== '' ? [{ ip: podIP }] : [];
}
