import type { Labels } from '../../model/labels';
import type { FlowPoint, FlowRecord } from '../flow-record';

/** What Calico calls an end whose address it knows nothing of (felix `collector/types/endpoint/endpoint.go`). */
const NETWORKS = new Map<string, FlowPoint['entity']>([
  ['pub', 'public-address'],
  ['PUBLIC NETWORK', 'public-address'],
  ['pvt', 'private-address'],
  ['PRIVATE NETWORK', 'private-address'],
]);

export type CalicoType = 'pods' | 'host' | 'network-set' | 'network' | 'unknown';

interface Named {
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly labels: Labels | undefined;
  readonly service?: FlowPoint['service'];
}

/** An end of a flow of Calico. Felix writes `-` for what is empty. */
export function calicoEnd(type: CalicoType, end: Named): FlowPoint {
  const name = end.name === '-' ? undefined : end.name;
  const namespace = end.namespace === '-' ? undefined : end.namespace;
  const service = end.service;
  switch (type) {
    case 'pods':
      return { namespace, ...podsNamed(name), labels: end.labels, service };
    case 'host':
      return { entity: 'nodes', service };
    case 'network-set':
      return { ...(name === undefined ? {} : { networkSet: { namespace, name } }), service };
    case 'network':
      return { entity: NETWORKS.get(name ?? ''), service };
    case 'unknown':
      return { ...ofUnknownType(name, namespace, end.labels), service };
  }
}

/** Whisker leaves out the type: the star shows pods that were counted together, and other names may be of a set of addresses. */
function ofUnknownType(name: string | undefined, namespace: string | undefined, labels: Labels | undefined): FlowPoint {
  const entity = NETWORKS.get(name ?? '');
  if (entity !== undefined) return { entity };
  if (name?.endsWith('*')) return { namespace, ...podsNamed(name), labels };
  return { namespace };
}

/** `vllm-*` are the pods whose names were generated from `vllm-`; a name without a star is that of one pod. */
function podsNamed(name: string | undefined): Pick<FlowPoint, 'pod' | 'podPrefix'> {
  if (name === undefined || !name.endsWith('*')) return { pod: name };
  const prefix = name.replace(/-?\*$/, '');
  return prefix === '' ? {} : { podPrefix: prefix };
}

/** Which end's policies decided: `Src` is the egress of the source, `Dst` the ingress of the destination. */
export function seenByReporter(reporter: string | undefined): FlowRecord['seenAt'] {
  if (reporter === 'Src') return 'source';
  if (reporter === 'Dst') return 'destination';
  return undefined;
}
