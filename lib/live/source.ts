import { isObject } from '../kinds/field';
import { groupOf, objectText } from '../kinds/manifest';

/** Where an object of a cluster is: what takes the place of file and line. */
export function liveName(name: string): string {
  return `live cluster ${name}`;
}

/** `NetworkPolicy models/vllm`; of a kind whose name others have too, with its group: `NetworkPolicy.crd.antrea.io models/vllm`. */
export function liveObjectText(object: unknown): string {
  if (!isObject(object) || !isObject(object.metadata)) return 'an object without a name';
  const { namespace, name } = object.metadata;
  const group = groupOf(String(object.apiVersion));
  const isPlain = ['', 'apps', 'batch', 'networking.k8s.io', 'cilium.io'].includes(group);
  return objectText({
    kind: isPlain ? String(object.kind) : `${String(object.kind)}.${group}`,
    name: String(name),
    ...(typeof namespace === 'string' && { namespace }),
  });
}
