import type { HostPattern } from './host-pattern';
import type { IpSet } from './ip-set';
import type { Entity } from './layer';
import type { PodSet } from './pod-set';

/** One end of a flow. */
export type Endpoint = TierEndpoint | PodsEndpoint | AddressesEndpoint | HostsEndpoint | EntityEndpoint;

/** Pods of a tier of this deployment: we own them, and both halves of the flow are emitted. */
export interface TierEndpoint {
  readonly kind: 'tier';
  readonly namespace: string;
  /** Name of the tier, unique in its namespace. */
  readonly name: string;
  readonly pods: PodSet;
}

/** Pods that somebody else runs: only our half of the flow is emitted, and the other half is `owner`'s to allow. */
export interface PodsEndpoint {
  readonly kind: 'pods';
  readonly pods: PodSet;
  readonly owner: string;
}

/** Addresses outside the cluster. */
export interface AddressesEndpoint {
  readonly kind: 'addresses';
  readonly addresses: IpSet;
  /** What the addresses stand for, where they have a name: `internet`, `api-server`. */
  readonly name?: string;
}

/** Hosts outside the cluster, by name. Only ever a destination. */
export interface HostsEndpoint {
  readonly kind: 'hosts';
  /** Sorted by their text. */
  readonly patterns: readonly HostPattern[];
}

/** What the engine knows by itself. On engines that know addresses only, the addresses stand here instead. */
export interface EntityEndpoint {
  readonly kind: 'entity';
  readonly entity: Entity;
}

/** Ends that are pods, ours or others'. */
export function isPods(end: Endpoint): end is TierEndpoint | PodsEndpoint {
  return end.kind === 'tier' || end.kind === 'pods';
}
