import type { IConstruct } from 'constructs';
import type { ApiServerFacts } from '../cluster/cluster-facts';
import type { HostPattern } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';
import type { Selector } from '../model/selector';

/** Whatever can stand at the other end of a flow. */
export interface IPeer {
  /** Which pods or addresses the peer stands for. */
  readonly endpoint: Endpoint;
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
    }
  | { readonly kind: 'block'; readonly addresses: IpSet; readonly text: string }
  | { readonly kind: 'internet'; readonly families: 'any' | 'ipv4' | 'ipv6' }
  | { readonly kind: 'host'; readonly pattern: HostPattern }
  | { readonly kind: 'nodes' }
  | { readonly kind: 'metadata' }
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
  public readonly _spec: PeerSpec;

  private constructor(spec: unknown) {
    this._spec = spec as PeerSpec;
  }
}

/** What the peer stands for; anything that is not a peer is refused. */
export function peerSpec(peer: IPeer): PeerSpec {
  const endpoint: unknown = peer?.endpoint;
  if (!(endpoint instanceof Endpoint)) {
    throw new ZeroTrustError({
      rule: 'peer',
      what: `${describe(peer)} is not a peer: it has no \`endpoint\` of this library`,
      value: describe(peer),
      allowed:
        'a tier, a ZeroTrustNamespace, Pods, Cidr, Internet, Hostname, Nodes, CloudMetadata, cluster.apiServer, or an object that hands on the endpoint of one',
      fix: "For pods elsewhere: Pods.labeled({ app: '…' }).inNamespace('…').ownedBy('…')",
    });
  }
  return endpoint._spec;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'object') return `an object of class ${value.constructor?.name ?? 'Object'}`;
  return JSON.stringify(value) ?? String(value);
}
