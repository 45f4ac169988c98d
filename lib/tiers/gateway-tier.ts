import { addressesPeer, arrivalsSeenAs, arrivalsThrough } from '../deployment/flows/arrivals';
import { at } from '../deployment/reported';
import { properties } from '../model/checked';
import * as ips from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';
import { peerSpec } from '../values/peer';
import { type Port, portsOf } from '../values/port';
import { SourceAddress } from '../values/source-address';
import type { Exposure, HealthCheck } from './exposure';
import {
  type GivenCheck,
  type GivenExposure,
  type GivenWaysIn,
  noRange,
  refuseWideCheck,
  seenBy,
  WAYS_IN,
} from './given-ways-in';
import { Tier } from './tier';
import type { TierProps } from './tier-props';
import type { RoleOfTier } from './tier-record';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

/** What a gateway tier is. */
export interface GatewayTierProps extends TierProps {
  /**
   * Who comes in from outside, and what address the pods see on them.
   *
   * @default - nobody; clients in the cluster are declared on `connections`
   */
  readonly exposures?: Exposure[];

  /**
   * Blocks from which a load balancer checks health: its own addresses, or those of nodes, as in
   * `SourceAddress.rewrittenTo`. The reason is "the load balancer checks health".
   *
   * @default - none
   */
  readonly healthCheckRanges?: string[];

  /**
   * Pod ports that health is checked on.
   *
   * @default - the ports of the tier
   */
  readonly healthCheckPorts?: Port[];

  /**
   * Health checks of which more is to be said than the ranges: several sources, the one request that they make, or a reason.
   * They come beside `healthCheckRanges`.
   *
   * @default - none
   */
  readonly healthChecks?: HealthCheck[];
}

/**
 * Pods that are the way in: they take requests from outside and hand them to other tiers.
 *
 * Who comes in is declared together with the address that the pods see, because behind most load balancers and node ports
 * it is a node's or the balancer's: then every client of these looks the same, and the graph says so. Nothing is assumed.
 *
 * @example
 * const gateway = new GatewayTier(edge, 'envoy', {
 *   pods: Pods.labeled({ app: 'envoy-gateway' }),
 *   ports: [Port.tcp(8080)],
 *   exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: 'customers call the models' }],
 * });
 */
export class GatewayTier extends Tier {
  /**
   * Declares the tier.
   *
   * @param scope the namespace that its pods run in.
   * @param id of the construct, and the name of the tier where none is given.
   * @param props what it is.
   * @throws for a name that is taken, reserved or refused by Kubernetes, pods of another namespace, and blocks that are none.
   */
  constructor(scope: ZeroTrustNamespace, id: string, props: GatewayTierProps) {
    super(scope, id, props);
    const given = at(this, () => properties(props, WAYS_IN, 'the props of the tier'));
    for (const [index, exposure] of (given.exposures ?? []).entries()) this.#expose(exposure, `exposures[${index}].`);
    this.#admitHealthChecks(given);
    for (const [index, check] of (given.healthChecks ?? []).entries())
      this.#admitCheck(check, `healthChecks[${index}].`);
  }

  /** @internal */
  public override _role(): RoleOfTier {
    return { role: 'gateway' };
  }

  #expose({ client, seenAs, through, healthCheck, ...said }: GivenExposure, within: string): void {
    const { clients, checks } = at(this, () => {
      const by = seenBy({ seenAs, through, healthCheck }, within);
      const spec = peerSpec(client, `${within}client`);
      if (by instanceof SourceAddress) return arrivalsSeenAs(by, spec);
      const found = arrivalsThrough(by, spec);
      refuseWideCheck(found, healthCheck, said, within);
      return found;
    });
    const { peer = client, ...arrival } = clients;
    this.connections._declare('ingress', peer, { ...said, ...arrival, within });
    if (checks === undefined) return;
    const { ports, acknowledge, encrypted } = said;
    const asked = { ports, acknowledge, encrypted, ...healthCheck };
    this.connections._declare('ingress', checks.peer, { ...asked, ...checks, within: `${within}healthCheck.` });
  }

  #admitHealthChecks({ healthCheckRanges, healthCheckPorts }: GivenWaysIn): void {
    at(this, () => portsOf(healthCheckPorts, 'healthCheckPorts'));
    if (healthCheckRanges === undefined || healthCheckRanges.length === 0) return;
    this.#admitCheck({ ranges: healthCheckRanges, ports: healthCheckPorts }, '');
  }

  #admitCheck({ ranges, because = HEALTH_IS_CHECKED, ...said }: GivenCheck, within: string): void {
    const addresses = at(this, () => {
      if (ranges.length === 0) throw new ZeroTrustError(noRange(within));
      return ips.fromBlocks(ranges);
    });
    this.connections._declare('ingress', addressesPeer(addresses), { ...said, because, within, handedOnBy: 'nodes' });
  }
}

const HEALTH_IS_CHECKED = 'the load balancer checks health';
