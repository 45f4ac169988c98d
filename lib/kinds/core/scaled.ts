import { isObject } from '../field';
import { DEFAULT_NAMESPACE, groupOf } from '../manifest';

/** Whether something among the objects changes how many pods a workload has. */
export type IsScaled = (kind: string, namespace: string | undefined, name: string) => boolean;

/** Kinds that change the replicas of what `spec.scaleTargetRef` names (kubernetes, `autoscaling/v2`; KEDA, `ScaledObject`). */
const SCALERS = ['autoscaling/HorizontalPodAutoscaler', 'keda.sh/ScaledObject'];

/** By the autoscalers among these objects; each scales a workload of its own namespace. */
export function scaledAmong(objects: readonly unknown[], defaultNamespace: string = DEFAULT_NAMESPACE): IsScaled {
  const targets = new Set(objects.flatMap((object) => targetOf(object, defaultNamespace) ?? []));
  return (kind, namespace, name) => targets.has(`${kind}/${namespace ?? defaultNamespace}/${name}`);
}

function targetOf(object: unknown, defaultNamespace: string): string | undefined {
  if (!isObject(object) || typeof object.apiVersion !== 'string' || !isObject(object.spec)) return undefined;
  if (!SCALERS.includes(`${groupOf(object.apiVersion)}/${String(object.kind)}`)) return undefined;
  const { scaleTargetRef: target } = object.spec;
  if (!isObject(target) || typeof target.name !== 'string') return undefined;
  const namespace = isObject(object.metadata) ? object.metadata.namespace : undefined;
  // KEDA scales a Deployment where no kind is given.
  return `${String(target.kind ?? 'Deployment')}/${typeof namespace === 'string' ? namespace : defaultNamespace}/${target.name}`;
}
