import { anything, flag, optional, type Shape, text } from '../model/checked';
import type { Acknowledgement } from '../values/acknowledgement';
import { aKnownPods, type KnownPods } from '../values/known-pods';
import type { Pods } from '../values/pods';
import type { Port } from '../values/port';
import { accesses, type GivenAccess, type PeerAccess } from './peer-access';

/** What a tier is. */
export interface TierProps {
  /** Which pods: by labels, by requirements, or those of a construct. */
  readonly pods: Pods;

  /**
   * Name of the tier and of its policy, unique in the namespace.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Pod ports that the tier serves on: what flows to it are allowed on when they name none.
   *
   * @default - the ports that the containers of its workload declare, where the pods are taken from one
   */
  readonly ports?: Port[];

  /**
   * Whether the pods resolve names through the cluster's DNS.
   *
   * @default - what the namespace says, which is true unless set; false for a data tier
   */
  readonly dns?: boolean;

  /**
   * Who scrapes metrics, and on which ports. The reason, when none is given: "metrics are scraped". Model servers answer
   * metrics on the port that they serve on (vLLM's `GET /metrics`): where the engine tells requests apart, `http` keeps
   * the scraper from everything else there: `[{ peer: prometheus, http: [HttpRule.get('/metrics')] }]`.
   *
   * @default - nobody
   */
  readonly metrics?: PeerAccess[];

  /**
   * What the catalog knows of the pods: the methods of `Catalog` give it with the rest. The tier opens the flows that the
   * system needs, and is warned of what is known to go wrong with it.
   *
   * @default - nothing is known of them
   */
  readonly known?: KnownPods;

  /**
   * Rules that are waived for the tier and all its flows.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/** What a tier is, as it was handed over. */
export interface GivenTier {
  readonly pods?: unknown;
  readonly name?: string;
  readonly ports?: unknown;
  readonly dns?: boolean;
  readonly metrics?: GivenAccess[];
  readonly known?: KnownPods;
  readonly acknowledge?: unknown;
}

export const TIER: Shape<GivenTier> = {
  pods: anything,
  name: optional(text),
  ports: anything,
  dns: optional(flag),
  metrics: accesses,
  known: optional(aKnownPods),
  acknowledge: anything,
};
