import type { Declarations } from '../deployment/declarations';
import { type DeclaredAt, declaredAt as placeOfCaller } from '../deployment/declared-at';
import { Deployment } from '../deployment/deployment';
import { type AboutFlow, sayingText } from '../deployment/flows/flow-words';
import { ownerProblems, placeProblems } from '../deployment/flows/peer-refusals';
import { type GivenRequests, type RequestOptions, requestPortProblems, requestsOf } from '../deployment/flows/requests';
import { refusedByRole } from '../deployment/flows/role-refusals';
import type { HandedOnBy, TierRecord } from '../deployment/records';
import { at } from '../deployment/reported';
import { reason } from '../findings/reason';
import { anything, flag, optional, properties, type Shape } from '../model/checked';
import type { Direction } from '../model/layer';
import type { PortSet } from '../model/port-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import type { RequestMatch } from '../model/request-match';
import { type Acknowledgement, waivers } from '../values/acknowledgement';
import { namedPortsOfAddresses } from '../values/address-ports';
import { type IPeer, type PeerSpec, peerSpec } from '../values/peer';
import { type Port, portsOf } from '../values/port';

/** What to say of a flow. */
export interface FlowOptions extends RequestOptions {
  /** Why the flow is there: at least two words. It reaches the graph and the manifest. */
  readonly because: string;

  /**
   * Pod ports of the destination.
   *
   * @default - the ports of the destination, where it has any
   */
  readonly ports?: Port[];

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

/** A construct that has connections. */
export interface IConnectable extends IPeer {
  /** Declares who may talk to it, and to whom it may talk. */
  readonly connections: Connections;
}

/** What is said of a flow, as it was handed over. */
export interface GivenFlow extends GivenRequests {
  readonly because?: unknown;
  readonly ports?: unknown;
  readonly encrypted?: boolean;
  readonly acknowledge?: unknown;
}

/** What declarations that properties make can say beyond `FlowOptions`. */
export interface DeclarationOptions extends GivenFlow {
  readonly notes?: readonly string[];
  readonly handedOnBy?: HandedOnBy;
  readonly keepsSource?: boolean;
  /** The property that makes it, for messages: `metrics[0].`. */
  readonly within?: string;
  /** The public method that it was said by. @default - the constructor of the tier */
  readonly door?: object;
  /** Where it was declared, for declarations that no code of a user makes. @default - where the door was called */
  readonly declaredAt?: DeclaredAt;
}

/** How what is said of a flow is looked at, wherever it is said. */
export const FLOW: Shape<GivenFlow> = {
  because: anything,
  ports: anything,
  encrypted: optional(flag),
  acknowledge: anything,
  http: anything,
  grpc: anything,
  kafka: anything,
};

/**
 * Who may open connections to a tier, and to whom it may open them. Replies need no flow: policies are stateful. Either end
 * may declare a flow; between two tiers both halves are rendered, and saying it on both gives it once.
 */
export class Connections {
  /** @internal */
  public static _of(tier: TierRecord): Connections {
    return new Connections(tier);
  }

  readonly #tier: TierRecord;
  readonly #declarations: Declarations;

  private constructor(tier: unknown) {
    this.#tier = tier as TierRecord;
    this.#declarations = Deployment.of(this.#tier.construct).declarations;
  }

  /**
   * Lets the tier open connections to `peer`.
   *
   * @param peer a tier, a namespace for all its tiers, pods elsewhere, or addresses.
   * @param options the reason, and the ports.
   * @throws for a missing reason, a flow without ports, a peer of another app, pods without namespace or owner, and what the role of the tier refuses.
   */
  public allowTo(peer: IPeer, options: FlowOptions): void {
    this.#declareGiven('egress', peer, options);
  }

  /**
   * Lets `peer` open connections to the tier.
   *
   * @param peer a tier, a namespace for all its tiers, pods elsewhere, or addresses.
   * @param options the reason, and the ports.
   * @throws for a missing reason, a flow without ports, a peer of another app, pods without namespace or owner, and what the role of the tier refuses.
   */
  public allowFrom(peer: IPeer, options: FlowOptions): void {
    this.#declareGiven('ingress', peer, options);
  }

  /** Options that are missing lack a reason, which says more than that there are none. */
  #declareGiven(direction: Direction, peer: IPeer, options: FlowOptions): void {
    const given = at(this.#tier.construct, () => properties<GivenFlow>(options ?? {}, FLOW, 'the options of the flow'));
    const { allowTo, allowFrom } = Connections.prototype;
    this._declare(direction, peer, { door: direction === 'egress' ? allowTo : allowFrom, ...given });
  }

  /** @internal */
  public _declare(direction: Direction, peer: unknown, options: DeclarationOptions): void {
    const tier = this.#tier;
    const { because, ports: given, acknowledge, notes, handedOnBy, keepsSource, encrypted, within = '' } = options;
    const declaredAt = options.declaredAt ?? placeOfCaller(options.door ?? tier.construct.constructor);
    const about = () => ({ ...saidSoFar(tier, direction, peer, options), declaredAt: declaredAt() });
    atFlow(tier, about, () => {
      const { alike } = this.#declarations;
      const requests = requestsOf(options, within);
      const spec = peerSpec(peer, within === '' ? 'the peer' : `${within}peer`);
      const ports = portsOf(given, `${within}ports`);
      const declaration = {
        tier,
        direction,
        peer: alike.peer(spec),
        ports: ports && alike.ports(ports),
        because: reason(because),
        requests,
        encrypted,
        acknowledged: waivers(acknowledge),
        notes: notes ?? NOTHING,
        handedOnBy,
        keepsSource,
        declaredAt,
      };
      const problems = [
        ...placeProblems(declaration.peer, tier.construct),
        ...ownerProblems(declaration.peer, tier.construct),
        ...portProblems(declaration),
        ...refusedByRole(declaration),
      ];
      if (problems.length > 0) throw new ZeroTrustError(problems);
      this.#declarations.addFlow(declaration);
    });
  }
}

const NOTHING: readonly string[] = [];

/** Runs `make` and, where it refuses, says of which tier and which flow. */
function atFlow(tier: TierRecord, about: () => AboutFlow, make: () => void): void {
  at(tier.construct, () => {
    try {
      make();
    } catch (error) {
      throw error instanceof ZeroTrustError ? error.about(about()) : error;
    }
  });
}

/** As much of a flow as can be said of it, where some of it is wrong. */
function saidSoFar(tier: TierRecord, direction: Direction, peer: unknown, options: DeclarationOptions): AboutFlow {
  const spec = unlessRefused(() => peerSpec(peer));
  if (spec === undefined) return {};
  const ports = unlessRefused(() => portsOf(options.ports));
  const because = unlessRefused(() => reason(options.because));
  const { declarations } = Deployment.of(tier.construct);
  return { flow: sayingText({ tier, direction, peer: spec, ports, because }, declarations) };
}

function unlessRefused<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}

/** Peers that have no containers that could name ports. */
const OUTSIDE: readonly PeerSpec['kind'][] = [
  'block',
  'internet',
  'api-server',
  'host',
  'hosts',
  'nodes',
  'cilium-gateway',
  'metadata',
];

function portProblems({
  peer,
  ports: set,
  requests,
  direction,
}: {
  peer: PeerSpec;
  ports: PortSet | undefined;
  requests?: readonly RequestMatch[];
  direction: Direction;
}): Problem[] {
  if (direction === 'ingress' && (peer.kind === 'host' || peer.kind === 'hosts')) return [hostAsSource()];
  if (set !== undefined && requests !== undefined) {
    const problems = requestPortProblems(set);
    if (problems.length > 0) return problems;
  }
  if (direction === 'ingress' || !OUTSIDE.includes(peer.kind)) return [];
  if (isIdentity(peer)) return set === undefined ? [] : [portsOfIdentity()];
  if (set === undefined) {
    if (peer.kind === 'api-server' || peer.kind === 'hosts') return [];
    return [
      {
        rule: 'flow-ports',
        what: 'a flow to addresses names no port, and addresses have none of their own',
        value: '',
        allowed: 'one port or more',
        fix: "Name them: { ports: [Port.tcp(443)], because: '…' }",
      },
    ];
  }
  return namedPortsOfAddresses(set);
}

function isIdentity(peer: PeerSpec): boolean {
  return peer.kind === 'metadata' && peer.identity !== undefined;
}

function portsOfIdentity(): Problem {
  return {
    rule: 'identity-ports',
    what: 'a server of workload identities has its own ports, and at its addresses others hand out the credentials of the node',
    value: 'ports',
    allowed: 'no `ports` on a flow to CloudMetadata.eksPodIdentity() or CloudMetadata.gkeWorkloadIdentity()',
    fix: "Leave `ports` out: allowTo(CloudMetadata.eksPodIdentity(), { because: '…' })",
  };
}

function hostAsSource(): Problem {
  return {
    rule: 'host-as-source',
    what: 'a connection shows the address that it comes from, and no name',
    value: 'Hostname',
    allowed: 'a tier, pods, or addresses as the source; host names as the destination',
    fix: "Name the addresses: allowFrom(Cidr.of('192.0.2.0/24'), …)",
  };
}
