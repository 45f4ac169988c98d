import { at } from '../deployment/reported';
import { anything, listOf, optional, properties, type Shape, struct, text } from '../model/checked';
import * as ips from '../model/ip-set';
import type { Acknowledgement } from '../values/acknowledgement';
import type { IPeer, PeerSpec } from '../values/peer';
import { Endpoint, peerSpec } from '../values/peer';
import { type Port, portsOf } from '../values/port';
import { aSourceAddress, type SourceAddress } from '../values/source-address';
import { type RoleOfTier, Tier, type TierProps } from './tier';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

/** One way in: who comes, and what address the pods see on them. */
export interface Exposure {
  /** Who comes in. */
  readonly client: IPeer;

  /** What source address the pods see on the clients' connections. */
  readonly seenAs: SourceAddress;

  /** Why they come in: at least two words. */
  readonly because: string;

  /**
   * Pod ports of the gateway that they come in on.
   *
   * @default - the ports of the tier
   */
  readonly ports?: Port[];

  /**
   * Rules that are waived for this way in.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

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
  }

  /** @internal */
  public override _role(): RoleOfTier {
    return { role: 'gateway' };
  }

  #expose({ client, seenAs, because, ports, acknowledge }: GivenExposure, within: string): void {
    const ranges = seenAs._ranges;
    if (ranges === undefined) {
      this.connections._declare('ingress', client, { because, ports, acknowledge, within });
      return;
    }
    const name = at(this, () => clientName(peerSpec(client)));
    this.connections._declare('ingress', addressesPeer(ranges), {
      because,
      ports,
      acknowledge,
      within,
      mayBeNodes: true,
      notes: [`clients not distinguishable: ${name} arrives from these addresses, and so does everybody behind them`],
    });
  }

  #admitHealthChecks({ healthCheckRanges, healthCheckPorts }: GivenWaysIn): void {
    at(this, () => portsOf(healthCheckPorts, 'healthCheckPorts'));
    if (healthCheckRanges === undefined || healthCheckRanges.length === 0) return;
    const ranges = at(this, () => ips.fromBlocks(healthCheckRanges));
    this.connections._declare('ingress', addressesPeer(ranges), {
      because: 'the load balancer checks health',
      ports: healthCheckPorts,
      mayBeNodes: true,
    });
  }
}

/** A way in as it was handed over. */
interface GivenExposure {
  readonly client?: unknown;
  readonly seenAs: SourceAddress;
  readonly because?: unknown;
  readonly ports?: unknown;
  readonly acknowledge?: unknown;
}

interface GivenWaysIn {
  readonly exposures?: GivenExposure[];
  readonly healthCheckRanges?: string[];
  readonly healthCheckPorts?: unknown;
}

const WAYS_IN: Shape<GivenWaysIn> = {
  exposures: optional(
    listOf(
      struct<GivenExposure>(
        { client: anything, seenAs: aSourceAddress, because: anything, ports: anything, acknowledge: anything },
        'a way in',
      ),
      '{ client: …, seenAs: …, because: … }',
    ),
  ),
  healthCheckRanges: optional(listOf(text)),
  healthCheckPorts: anything,
};

function addressesPeer(addresses: ips.IpSet): IPeer {
  return { endpoint: Endpoint._of({ kind: 'block', addresses, text: ips.ipsText(addresses) }) };
}

function clientName(spec: PeerSpec): string {
  switch (spec.kind) {
    case 'internet':
      return 'the internet';
    case 'block':
      return spec.text;
    case 'tier':
    case 'namespace':
      return spec.construct.node.path;
    case 'pods':
      return spec.owner === undefined ? 'pods' : `pods of ${spec.owner}`;
    case 'api-server':
      return 'the API server';
    case 'nodes':
      return 'nodes';
    case 'metadata':
      return 'metadata services';
    case 'host':
      return 'a host';
  }
}
