import { ApiObject } from 'cdk8s';
import { readService } from '../../kinds/core';
import { Field } from '../../kinds/field';
import type { Service } from '../../model/world';
import { isEmitted } from '../workloads/emitted';
import { rendering } from '../workloads/rendering';

/** A Service of the app in a zero-trust namespace, as far as warnings ask. */
export interface SeenService extends Service {
  readonly object: ApiObject;
  readonly type: string;
  readonly externalTrafficPolicy: string;
  readonly annotations: Readonly<Record<string, string>>;
}

export function servicesOf(objects: readonly ApiObject[], namespaces: ReadonlyMap<string, unknown>): SeenService[] {
  return objects.flatMap((object) => {
    const isOne =
      ApiObject.isApiObject(object) && object.kind === 'Service' && object.apiVersion === 'v1' && !isEmitted(object);
    if (!isOne || !namespaces.has(object.metadata.namespace ?? '')) return [];
    const service = read(object);
    return service === undefined ? [] : [service];
  });
}

/** What does not render, or is refused by whoever applies it, is for others to report. */
function read(object: ApiObject): SeenService | undefined {
  try {
    const json = rendering(object);
    const { type = 'ClusterIP', externalTrafficPolicy = 'Cluster' } = json.spec ?? {};
    return {
      ...readService(Field.top(json, []), object.metadata.namespace ?? ''),
      object,
      type,
      externalTrafficPolicy,
      annotations: json.metadata?.annotations ?? {},
    };
  } catch {
    return undefined;
  }
}

/** Clients from outside come in by it. */
export function isWayIn({ type }: SeenService): boolean {
  return type === 'LoadBalancer' || type === 'NodePort';
}
