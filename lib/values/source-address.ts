import { instance, listOf, text } from '../model/checked';
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
   * Pods see addresses of nodes or of a balancer instead of the client's. On Cilium, which never takes nodes for addresses,
   * ranges that hold all nodes (`nodeCidrs`) let every node in beside them; ranges that hold some are refused.
   *
   * @param ranges blocks that hold every address that may be seen.
   * @throws when there is no range, or one is not a block.
   */
  public static rewrittenTo(ranges: string[]): SourceAddress {
    const blocks = listOf(text)(ranges, 'ranges');
    if (blocks.length === 0) {
      throw new ZeroTrustError({
        rule: 'source-ranges',
        what: 'SourceAddress.rewrittenTo([]) names no address that the gateway would see',
        value: '[]',
        allowed: 'one block or more',
        fix: "Name the ranges of the nodes or of the balancer: SourceAddress.rewrittenTo(['192.168.0.0/20'])",
      });
    }
    return new SourceAddress(ips.fromBlocks(blocks));
  }

  /** @internal */
  public static _is(value: unknown): value is SourceAddress {
    return typeof value === 'object' && value !== null && #ranges in value;
  }

  readonly #ranges: IpSet | undefined;

  private constructor(ranges: unknown) {
    this.#ranges = ranges as IpSet | undefined;
  }

  /** @internal */
  public get _ranges(): IpSet | undefined {
    return this.#ranges;
  }
}

export const aSourceAddress = instance(SourceAddress._is, {
  className: 'SourceAddress',
  is: 'a SourceAddress',
  allowed: "SourceAddress.preserved(), SourceAddress.rewrittenTo(['192.168.0.0/20'])",
});
