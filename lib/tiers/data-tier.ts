import { at } from '../deployment/reported';
import { anything, properties } from '../model/checked';
import { type Port, portsOf } from '../values/port';
import { Tier } from './tier';
import type { TierProps } from './tier-props';
import type { RoleOfTier } from './tier-record';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

/** What a data tier is. */
export interface DataTierProps extends TierProps {
  /**
   * Ports on which its pods replicate among themselves: gossip, Raft, shards.
   *
   * @default - none
   */
  readonly peerPorts?: Port[];
}

/**
 * Pods that hold data: vector stores, databases, object storage with model weights.
 *
 * In: clients by name; the internet, whole namespaces and every pod of one are refused unless `unnamed-clients` is
 * acknowledged. Out: nothing, not even DNS, unless it is asked for (`dns: true`, `connections.allowTo`).
 *
 * @example
 * const weaviate = new DataTier(data, 'weaviate', { pods: Pods.labeled({ app: 'weaviate' }), ports: [Port.tcp(8080)] });
 */
export class DataTier extends Tier {
  /**
   * Declares the tier.
   *
   * @param scope the namespace that its pods run in.
   * @param id of the construct, and the name of the tier where none is given.
   * @param props what it is.
   * @throws for a name that is taken, reserved or refused by Kubernetes, and pods of another namespace.
   */
  constructor(scope: ZeroTrustNamespace, id: string, props: DataTierProps) {
    super(scope, id, props);
    const { peerPorts } = at(this, () => {
      const given = properties<{ peerPorts?: unknown }>(props, { peerPorts: anything }, 'the props of the tier');
      portsOf(given.peerPorts, 'peerPorts');
      return given;
    });
    if (peerPorts === undefined) return;
    this.connections._declare('egress', this, { ports: peerPorts, because: 'replicas keep one another up to date' });
  }

  /** @internal */
  public override _role(): RoleOfTier {
    return { role: 'data', dns: false };
  }
}
