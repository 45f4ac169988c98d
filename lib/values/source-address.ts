import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { ZeroTrustError } from '../model/problem';

/**
 * The source address that a gateway's pods see on traffic from outside. Behind most load balancers and node ports it is a
 * node's or the balancer's, and then no policy can tell one client from another.
 */
export class SourceAddress {
  /** Pods see the client's own address (`externalTrafficPolicy: Local`, or a balancer that targets pods and keeps it). */
  public static preserved(): SourceAddress {
    return new SourceAddress(undefined);
  }

  /**
   * Pods see addresses of nodes or of a balancer instead of the client's.
   *
   * @param ranges blocks that hold every address that may be seen.
   * @throws when there is no range, or one is not a block.
   */
  public static rewrittenTo(ranges: string[]): SourceAddress {
    if (ranges.length === 0) {
      throw new ZeroTrustError({
        rule: 'source-ranges',
        what: 'SourceAddress.rewrittenTo([]) names no address that the gateway would see',
        value: '[]',
        allowed: 'one block or more',
        fix: "Name the ranges of the nodes or of the balancer: SourceAddress.rewrittenTo(['192.168.0.0/20'])",
      });
    }
    return new SourceAddress(ips.fromBlocks(ranges));
  }

  /** @internal */
  public readonly _ranges: IpSet | undefined;

  private constructor(ranges: unknown) {
    this._ranges = ranges as IpSet | undefined;
  }
}
