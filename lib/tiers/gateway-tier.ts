import type { RequestOptions } from '../deployment/flows/requests';
import { at } from '../deployment/reported';
import { anything, listOf, optional, properties, type Shape, struct, text } from '../model/checked';
import * as ips from '../model/ip-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import type { Acknowledgement } from '../values/acknowledgement';
import type { IPeer, PeerSpec } from '../values/peer';
import { Endpoint, peerSpec } from '../values/peer';
import { type Port, portsOf } from '../values/port';
import { aSourceAddress, type SourceAddress } from '../values/source-address';
import { FLOW, type GivenFlow } from './connections';
import { type RoleOfTier, Tier, type TierProps } from './tier';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

/** One way in: who comes, and what address the pods see on them. */
export interface Exposure extends RequestOptions {
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
   * Whether the traffic must be encrypted on its way to the pods. No policy can see to it: the cluster must promise it
   * (`Cluster.cilium({ encryption })`), or the way in is refused.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * Rules that are waived for this way in.
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

  #expose({ client, seenAs, ...said }: GivenExposure, within: string): void {
    const ranges = seenAs._ranges;
    if (ranges === undefined) {
      this.connections._declare('ingress', client, { ...said, within, keepsSource: true });
      return;
    }
    const name = at(this, () => clientName(peerSpec(client)));
    this.connections._declare('ingress', addressesPeer(ranges), {
      ...said,
      within,
      mayBeNodes: true,
      notes: [`clients not distinguishable: ${name} arrives from these addresses, and so does everybody behind them`],
    });
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
    this.connections._declare('ingress', addressesPeer(addresses), { ...said, because, within, mayBeNodes: true });
  }
}

const HEALTH_IS_CHECKED = 'the load balancer checks health';

/** A way in as it was handed over. */
interface GivenExposure extends GivenFlow {
  readonly client?: unknown;
  readonly seenAs: SourceAddress;
}

interface GivenCheck extends GivenFlow {
  readonly ranges: string[];
}

interface GivenWaysIn {
  readonly exposures?: GivenExposure[];
  readonly healthCheckRanges?: string[];
  readonly healthCheckPorts?: unknown;
  readonly healthChecks?: GivenCheck[];
}

const WAYS_IN: Shape<GivenWaysIn> = {
  exposures: optional(
    listOf(
      struct<GivenExposure>({ client: anything, seenAs: aSourceAddress, ...FLOW }, 'a way in'),
      '{ client: …, seenAs: …, because: … }',
    ),
  ),
  healthCheckRanges: optional(listOf(text)),
  healthCheckPorts: anything,
  healthChecks: optional(
    listOf(struct<GivenCheck>({ ranges: listOf(text), ...FLOW }, 'a health check'), "{ ranges: ['192.0.2.0/24'] }"),
  ),
};

function noRange(within: string): Problem {
  return {
    rule: 'health-check-ranges',
    what: `\`${within}ranges\` is an empty list, so that no health check would come in`,
    value: '[]',
    allowed: 'one block or more',
    fix: "Give the ranges that the load balancer checks from: { ranges: ['130.211.0.0/22', '35.191.0.0/16'] }",
  };
}

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
