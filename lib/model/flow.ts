import type { Endpoint } from './endpoint';
import type { IpSet } from './ip-set';
import type { Traffic } from './traffic';

/** A rule of ours that a user waives, with the reason. */
export interface Waiver {
  /** Id of the rule. */
  readonly rule: string;
  readonly because: string;
}

/** Addresses that a flow would have had and does not, with the reason. */
export interface Excepted {
  readonly addresses: IpSet;
  readonly because: string;
}

/** `from` may open connections to `to`, with this traffic, for these reasons. Replies need no flow: policy is stateful. */
export interface Flow {
  readonly from: Endpoint;
  readonly to: Endpoint;
  readonly traffic: Traffic;
  /** At least one; sorted, without repeats. */
  readonly because: readonly string[];
  /** Must be encrypted on its way: the cluster promises it, no policy can. */
  readonly encrypted?: true;
  /** Sorted by the text of the addresses. */
  readonly excepted: readonly Excepted[];
  /** Sorted by rule. */
  readonly acknowledged: readonly Waiver[];
  /** What a reader must know about the flow, such as "clients not distinguishable": sorted. */
  readonly notes: readonly string[];
}
