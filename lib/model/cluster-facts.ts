import type { AddressesEndpoint, PodsEndpoint } from './endpoint';
import type { EngineName } from './engine-name';
import type { Waiver } from './flow';
import type { IpSet } from './ip-set';
import type { IpBlockMode } from './layer';
import type { PortSet } from './port-set';

/** What is known of the cluster that the manifests are for. Ranges that were not given are undefined, not empty. */
export interface ClusterFacts {
  readonly engine: EngineName;
  /** Of the engine, `1.20`; for `kubernetes`, of Kubernetes; for `cluster-network-policy`, of the Network Policy API. */
  readonly version?: string;
  /** The versions of the engine that were looked at, where this is none of them: `1.17 to 1.20`. */
  readonly testedVersions?: string;
  /** The platform, as users know it: `EKS`, `OpenShift`. */
  readonly platform?: string;
  /** How traffic between nodes is encrypted, where the cluster promises that it is. */
  readonly encryption?: Encryption;
  /** What a user should know of this cluster before relying on policies: sorted sentences. */
  readonly warnings?: readonly string[];
  readonly name?: string;
  readonly podRanges?: IpSet;
  readonly serviceRanges?: IpSet;
  readonly nodeRanges?: IpSet;
  /** What its owner accepts for every flow. */
  readonly acknowledged?: readonly Waiver[];
  readonly apiServer?: ApiServerFacts;
  readonly dns: DnsFacts;
  readonly ipBlockMode: IpBlockMode;
  /** The network plugin is older than `endPort` of NetworkPolicy. Absent where it takes it, or may. */
  readonly endPort?: 'unknown';
}

export type Encryption = 'WireGuard' | 'IPsec' | 'mutual TLS';

/** Where pods reach the API server: the addresses that policy sees. */
export interface ApiServerFacts {
  readonly addresses: IpSet;
  readonly ports: PortSet;
}

/** Where pods resolve names: every server that a pod may be pointed at, with the ports that policy sees. */
export interface DnsFacts {
  /** Name of the flavour, as errors and the graph call it. */
  readonly flavour: string;
  readonly servers: readonly DnsServer[];
}

export interface DnsServer {
  readonly endpoint: PodsEndpoint | AddressesEndpoint;
  readonly ports: PortSet;
}
