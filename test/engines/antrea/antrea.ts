import { antrea } from '../../../lib/engines/antrea/engine';
import { readNetworkPolicy } from '../../../lib/kinds/networking.k8s.io';
import type { PolicyReading, ReadOptions } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import type { IpBlockMode, Plane } from '../../../lib/model/layer';

export type Json = Readonly<Record<string, unknown>>;

/** A policy of Antrea for the whole cluster. */
export function clusterPolicy(name: string, spec: Json): Json {
  return { apiVersion: 'crd.antrea.io/v1beta1', kind: 'ClusterNetworkPolicy', metadata: { name }, spec };
}

/** A policy of Antrea in a namespace. */
export function policy(namespace: string, name: string, spec: Json): Json {
  return { apiVersion: 'crd.antrea.io/v1beta1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function tier(name: string, priority: unknown): Json {
  return { apiVersion: 'crd.antrea.io/v1beta1', kind: 'Tier', metadata: { name }, spec: { priority } };
}

/** A NetworkPolicy of Kubernetes. */
export function networkPolicy(namespace: string, name: string, spec: Json): Json {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

export function read(object: Json, options: ReadOptions = {}): PolicyReading {
  const reader = policyReaderOf('crd.antrea.io', String(object.kind));
  if (reader === undefined) throw new Error(`there is no reader of ${object.kind}`);
  return reader.read(object, options);
}

/** What Antrea decides by these objects, of which none may be wrong in itself. */
export function planeOf(objects: readonly Json[], ipBlockMode: IpBlockMode = 'pods'): Plane {
  const isOwn = ({ apiVersion }: Json) => apiVersion === 'crd.antrea.io/v1beta1';
  const others = objects.filter(isOwn).map((it) => read(it));
  const own = objects.filter((it) => !isOwn(it)).map((it) => readNetworkPolicy(it));
  expect([...others, ...own].flatMap(({ problems }) => problems)).toEqual([]);
  const [rules, isolations] = [own.flatMap((it) => it.rules), own.flatMap((it) => it.isolations)];
  const leftOut = own.flatMap((it) => it.leftOut ?? []);
  return antrea.compose({ rules, isolations, leftOut, others }, { ipBlockMode });
}
