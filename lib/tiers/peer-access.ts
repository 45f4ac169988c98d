import type { RequestOptions } from '../deployment/flows/requests';
import { anything, listOf, optional, struct } from '../model/checked';
import type { Acknowledgement } from '../values/acknowledgement';
import type { IPeer } from '../values/peer';
import type { Port } from '../values/port';
import { FLOW, type GivenFlow } from './connections';

/** A peer that a property of a tier opens a flow with. */
export interface PeerAccess extends RequestOptions {
  /** A tier, a namespace for all its tiers, pods elsewhere, or addresses. */
  readonly peer: IPeer;

  /**
   * Pod ports of the destination.
   *
   * @default - the ports of the destination, where it has any
   */
  readonly ports?: Port[];

  /**
   * Why the flow is there: at least two words.
   *
   * @default - the reason that the property documents
   */
  readonly because?: string;

  /**
   * Whether the traffic must be encrypted on its way. No policy can see to it: the cluster must promise it
   * (`Cluster.cilium({ encryption })`), or the flow is refused.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * Rules that are waived for this flow.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/** What a property opens a flow with, as it was handed over. */
export interface GivenAccess extends GivenFlow {
  readonly peer?: unknown;
}

/** A list of flows that a property opens. */
export const accesses = optional(
  listOf(struct<GivenAccess>({ peer: anything, ...FLOW }, 'a peer with what is said of the flow'), '{ peer: … }'),
);
