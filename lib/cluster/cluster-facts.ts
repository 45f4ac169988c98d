import type { AddressesEndpoint, PodsEndpoint } from '../model/endpoint';
import type { IpSet } from '../model/ip-set';
import type { IpBlockMode } from '../model/layer';
import type { PortSet } from '../model/port-set';

/** What is known of the cluster that the manifests are for. Ranges that were not given are undefined, not empty. */
export interface ClusterFacts {
  readonly engine: 'kubernetes';
  readonly version?: string;
  readonly name?: string;
  readonly podRanges?: IpSet;
  readonly serviceRanges?: IpSet;
  readonly nodeRanges?: IpSet;
  readonly apiServer?: ApiServerFacts;
  readonly dns: DnsFacts;
  readonly ipBlockMode: IpBlockMode;
}

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
