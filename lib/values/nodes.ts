import { Endpoint, type IPeer } from './peer';

/**
 * The nodes of the cluster, and what is on their host networks. Cilium knows them by itself; for other engines they are the
 * addresses that the cluster was given (`nodeCidrs`). NetworkPolicy on GKE Autopilot has no word for them, and a flow is
 * refused.
 */
export class Nodes implements IPeer {
  /** Every node. */
  public static all(): Nodes {
    return new Nodes();
  }

  readonly #endpoint: Endpoint;

  private constructor() {
    this.#endpoint = Endpoint._of({ kind: 'nodes' });
  }

  /** The nodes. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}
