import type { ClusterFacts } from '../model/cluster-facts';
import type { IpSet } from '../model/ip-set';
import type { Plane } from '../model/layer';
import type { World } from '../model/world';

/** What questions are asked about: who is there, what decides, and what is known of the cluster. */
export interface KnownWorld {
  readonly world: World;
  readonly plane: Plane;
  readonly facts: ClusterFacts;
  /** Every address that a pod can have, where that is known. */
  readonly podAddresses?: IpSet;
}
