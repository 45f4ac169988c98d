import type { IConstruct } from 'constructs';
import type { WorkloadIdentity } from '../cluster/workload-identity';
import { isOfOtherCopy, reading } from '../model/checked';
import type { ApiServerFacts } from '../model/cluster-facts';
import type { HostPattern } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import type { PortSet } from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import type { Selector } from '../model/selector';
import { shown } from '../model/shown';

/** Whatever can stand at the other end of a flow. */
export interface IPeer {
  /** Which pods or addresses the peer stands for. */
  readonly endpoint: Endpoint;
}

/** An object by what it is called in a manifest. */
export interface WorkloadNamed {
  readonly kind?: string;
  readonly name?: string;
}

/** Hosts that are one thing to whoever calls them, such as an API: what is declared of it comes to a flow for each of them. */
export interface HostsSpec {
  readonly kind: 'hosts';
  /** What they are hosts of: `OpenAI`. */
  readonly title: string;
  /** At least one. */
  readonly patterns: readonly HostPattern[];
  /** Ports that they are reached on when a flow names none. */
  readonly ports: PortSet;
  /** What a reader must know of all of them: said once, of the first. */
  readonly notes: readonly string[];
}

/** What an `Endpoint` says inside the library. */
export type PeerSpec =
  | { readonly kind: 'tier'; readonly construct: IConstruct }
  | { readonly kind: 'namespace'; readonly construct: IConstruct; readonly name: string }
  | {
      readonly kind: 'pods';
      /** Undefined until a namespace is named. */
      readonly namespaces?: Selector;
      readonly pods: Selector;
      readonly owner?: string;
      /** The construct whose pods these are, where they were taken from one. */
      readonly workload?: IConstruct;
      /** Which object of that construct runs them, where it was said. */
      readonly choice?: WorkloadNamed;
    }
  | {
      readonly kind: 'block';
      /** Of all parts together. */
      readonly addresses: IpSet;
      /** The blocks one by one, as they were given: what holds of a block must hold of each. */
      readonly parts: readonly IpSet[];
      readonly text: string;
    }
  | { readonly kind: 'internet'; readonly families: 'any' | 'ipv4' | 'ipv6' }
  | { readonly kind: 'host'; readonly pattern: HostPattern }
  | HostsSpec
  | { readonly kind: 'nodes' }
  | { readonly kind: 'cilium-gateway' }
  /** All metadata services, or the one server that hands a workload its own credentials. */
  | { readonly kind: 'metadata'; readonly identity?: WorkloadIdentity }
  | { readonly kind: 'api-server'; readonly facts: ApiServerFacts };

/**
 * Which pods or addresses a peer stands for. Opaque: it is made by tiers, namespaces, `Pods`, `Cidr`, `Internet` and
 * `Cluster`, and a peer of your own hands on the endpoint of one of them.
 */
export class Endpoint {
  /** @internal */
  public static _of(spec: PeerSpec): Endpoint {
    return new Endpoint(spec);
  }

  /** @internal */
  public static _is(value: unknown): value is Endpoint {
    return typeof value === 'object' && value !== null && #spec in value;
  }

  readonly #spec: PeerSpec;

  private constructor(spec: unknown) {
    this.#spec = spec as PeerSpec;
  }

  /** @internal */
  public get _spec(): PeerSpec {
    return this.#spec;
  }
}

const PEER = 'the peer';

/** What the peer stands for; anything that is not a peer is refused. */
export function peerSpec(peer: unknown, name = PEER): PeerSpec {
  const endpoint = reading(name, () => (peer as IPeer | null | undefined)?.endpoint);
  if (Endpoint._is(endpoint)) return endpoint._spec;
  if (peer === undefined || peer === null) throw noPeer(name);
  const isCopy = isOfOtherCopy(endpoint, Endpoint.name);
  throw new ZeroTrustError({
    rule: 'peer',
    what: `${shown(peer)} is not a peer: ${isCopy ? 'its `endpoint` was not made by this copy of the library' : 'it has no `endpoint` of this library'}`,
    value: shown(peer),
    allowed:
      'a tier, a ZeroTrustNamespace, Pods, Cidr, Internet, Hostname, Apis, Nodes, CloudMetadata, cluster.apiServer, or an object that hands on the endpoint of one',
    fix: isCopy
      ? 'Install the package once (npm ls cdk8s-zero-trust shows the copies).'
      : "For pods elsewhere: Pods.labeled({ app: '…' }).inNamespace('…').ownedBy('…')",
  });
}

/** Mostly a peer that stands by itself where a property wants it with what is said of the flow. */
function noPeer(name: string): ZeroTrustError {
  const property = /^(\w+)\[\d+\]\.peer$/.exec(name)?.[1];
  return new ZeroTrustError({
    rule: 'peer',
    what: property === undefined ? `${name} is not given` : `\`${name}\` is not given`,
    value: 'undefined',
    allowed:
      'a tier, a ZeroTrustNamespace, Pods, Cidr, Internet, Hostname, Apis, Nodes, CloudMetadata, cluster.apiServer',
    fix:
      property === undefined
        ? `${name === PEER ? "Name it: allowTo(tier, { because: '…' })" : 'Name it'}. It must be made before it is handed over.`
        : `Put the peer into braces: ${property}: [{ peer: … }]`,
  });
}
