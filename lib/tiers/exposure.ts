import type { RequestOptions } from '../deployment/flows/requests';
import type { Acknowledgement } from '../values/acknowledgement';
import type { LoadBalancer } from '../values/load-balancer';
import type { IPeer } from '../values/peer';
import type { Port } from '../values/port';
import type { SourceAddress } from '../values/source-address';

/** What the balancer before an exposure asks when it checks health. */
export interface ExposureHealthCheck extends RequestOptions {
  /**
   * Pod ports that health is checked on.
   *
   * @default - the ports of the exposure
   */
  readonly ports?: Port[];
}

/** One way in: who comes, and what address the pods see on them. */
export interface Exposure extends RequestOptions {
  /** Who comes in. */
  readonly client: IPeer;

  /**
   * What is between the clients and the pods. It says what address the pods see, and lets its own health checks in.
   *
   * @default - `seenAs` says what the pods see; one of the two must be given, and not both
   */
  readonly through?: LoadBalancer;

  /**
   * What source address the pods see on the clients' connections, where no `LoadBalancer` is what is between them.
   *
   * @default - as `through` has it
   */
  readonly seenAs?: SourceAddress;

  /** Why they come in: at least two words. */
  readonly because: string;

  /**
   * Pod ports of the gateway that they come in on.
   *
   * @default - the ports of the tier
   */
  readonly ports?: Port[];

  /**
   * How the balancer of `through` checks health. Where the exposure names requests, the check must too, or every request
   * would pass from where it comes.
   *
   * @default - a connection on the ports of the exposure, where checks of such a balancer come to pods
   */
  readonly healthCheck?: ExposureHealthCheck;

  /**
   * Whether the traffic must be encrypted on its way to the pods. No policy can see to it: the cluster must promise it
   * (`Cluster.cilium({ encryption })`), or the way in is refused.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * Rules that are waived for this way in, and for the health checks of its balancer.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/** Where health is checked from, and what is asked. */
export interface HealthCheck extends RequestOptions {
  /** Blocks that the checks come from. */
  readonly ranges: string[];

  /**
   * Pod ports that health is checked on.
   *
   * @default - the ports of the tier
   */
  readonly ports?: Port[];

  /**
   * Why it is checked from there: at least two words.
   *
   * @default "the load balancer checks health"
   */
  readonly because?: string;

  /**
   * Whether the traffic must be encrypted on its way to the pods. No policy can see to it: the cluster must promise it
   * (`Cluster.cilium({ encryption })`), or the check is refused.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * Rules that are waived for this check.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}
