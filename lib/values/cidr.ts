import { listOf, optional, properties, type Shape, text } from '../model/checked';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';
import { Endpoint, type IPeer } from './peer';

/** What is left out of a block. */
export interface CidrOptions {
  /**
   * Blocks inside the block, of its family and smaller than it, that are not meant.
   *
   * @default - the whole block
   */
  readonly excluding?: string[];
}

/**
 * Addresses outside the cluster, as a block. The ranges of the cluster's own pods, Services and nodes are taken out of it,
 * and a private block is refused while the pod ranges are unknown (`Cluster.kubernetes({ podCidrs })`).
 *
 * @example
 * Cidr.of('10.0.0.0/8', { excluding: ['10.0.0.0/28'] });
 */
export class Cidr implements IPeer {
  /**
   * The addresses of a block.
   *
   * @param block IPv4 or IPv6 in CIDR notation without host bits: `192.0.2.0/24`, `2001:db8::/32`.
   * @param options what to leave out.
   * @throws for text that is not a block, for host bits, and for an excluded part that is not strictly inside.
   */
  public static of(block: string, options?: CidrOptions): Cidr {
    const excluding =
      options === undefined ? undefined : properties(options, SHAPE, 'the options of Cidr.of').excluding;
    return new Cidr([ips.fromBlock(text(block, 'block'), excluding)]);
  }

  /**
   * The addresses of several blocks as one peer, such as the sites of a partner: one flow, with one reason, for all of them.
   *
   * @example
   * Cidr.anyOf(['192.0.2.0/24', '198.51.100.0/24', '2001:db8::/32']);
   *
   * @param blocks IPv4 or IPv6, each in CIDR notation without host bits, at least one.
   * @throws for an empty list, and for each text that is not a block or has host bits.
   */
  public static anyOf(blocks: string[]): Cidr {
    const given = listOf(text)(blocks, 'blocks');
    if (given.length === 0) {
      throw new ZeroTrustError({
        rule: 'cidr',
        what: 'Cidr.anyOf([]) names no addresses',
        value: '[]',
        allowed: 'one block or more',
        fix: "Name them: Cidr.anyOf(['192.0.2.0/24', '198.51.100.0/24'])",
      });
    }
    return new Cidr(ips.eachOfBlocks(given));
  }

  readonly #endpoint: Endpoint;

  private constructor(given: unknown) {
    const parts = given as readonly IpSet[];
    const addresses = ips.unionOf(parts);
    this.#endpoint = Endpoint._of({ kind: 'block', addresses, parts, text: ips.ipsText(addresses) });
  }

  /** The addresses. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }
}

const SHAPE: Shape<CidrOptions> = { excluding: optional(listOf(text)) };
