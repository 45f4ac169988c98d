import { Endpoint, type IPeer, type PeerSpec } from './peer';

/**
 * Everything outside the cluster that is reached over the internet.
 *
 * IPv4: every address but the private, shared, loopback, link-local, benchmark, multicast and reserved ranges. IPv6: global
 * unicast (2000::/3) but the 6to4, Teredo and benchmark ranges; NAT64, through which IPv4 addresses can be reached, is
 * outside it. The cluster's own ranges are taken out. Sources: IANA special-purpose address registries (RFC 6890), IANA
 * IPv6 address space.
 */
export class Internet implements IPeer {
  /** Both families. */
  public static any(): Internet {
    return new Internet('any');
  }

  /** IPv4 alone. */
  public static anyIpv4(): Internet {
    return new Internet('ipv4');
  }

  /** IPv6 alone. */
  public static anyIpv6(): Internet {
    return new Internet('ipv6');
  }

  readonly #endpoint: Endpoint;

  private constructor(families: unknown) {
    this.#endpoint = Endpoint._of({ kind: 'internet', families } as PeerSpec);
  }

  /** The addresses. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}
