import type { IPeer } from '../values/peer';
import type { Port } from '../values/port';
import type { ApartOptions } from './apart-ends';
import type { TestEnd } from './ends';

/** What the matchers take, for whichever `expect` has them. */
export interface ZeroTrustMatchers<R> {
  /**
   * Every pod of `from` surely reaches every pod of `to` on every one of these ports. Where something is not known, it
   * fails, and so does `toDeny`: the message says what is not known, and what would make it certain.
   */
  toAllow(from: TestEnd, to: TestEnd, port: Port): R;
  /** No pod of `from` can reach any pod of `to` on any of these ports. */
  toDeny(from: TestEnd, to: TestEnd, port: Port): R;
  /** Every pod that could exist in the namespace is isolated, both ways. */
  toIsolate(namespace: string): R;
  /** The policy graph in its text form. */
  toHavePolicyGraph(text: string): R;
  /** The policies allow exactly what is declared. */
  toBeProved(): R;
  /** There is no path of any length from one end to the other; `ignoringDns` takes name servers to relay nothing. */
  toKeepApart(from: TestEnd | IPeer, to: TestEnd | IPeer, options?: ApartOptions): R;
}
