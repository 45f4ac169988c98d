import type { IpSet } from './ip-set';
import type { PodSet } from './pod-set';

/** One end of a flow. Tagged, so that host names and cluster entities can join without a new schema. */
export type Endpoint = TierEndpoint | PodsEndpoint | AddressesEndpoint;

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
