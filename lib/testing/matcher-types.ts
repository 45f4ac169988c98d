import type { TestEnd } from '../questions/ends';
import type { RequestsAsked } from '../questions/requests';
import type { Port } from '../values/port';
import type { ApartOptions } from './apart-options';

/** What the matchers take, for whichever `expect` has them. */
export interface ZeroTrustMatchers<R> {
  /**
   * Every pod of `from` surely reaches every pod of `to` on every one of these ports, with each of the requests where some
   * are given: `toAllow(agent, vllm, Port.tcp(8000), { http: HttpRule.post('/v1/chat/completions') })`. An end that is many
   * addresses is reached where each of them is. Where something is not known, it fails, and so does `toDeny`: the message
   * says what is not known, and what would make it certain.
   */
  toAllow(from: TestEnd, to: TestEnd, port: Port, requests?: RequestsAsked): R;
  /**
   * No pod of `from` can reach any pod of `to` on any of these ports, with any of the requests. Of a host, it asks about an
   * address to which no other name leads: engines allow names by their addresses.
   */
  toDeny(from: TestEnd, to: TestEnd, port: Port, requests?: RequestsAsked): R;
  /** Every pod that could exist in the namespace is isolated, both ways. */
  toIsolate(namespace: string): R;
  /** The policy graph in its text form. */
  toHavePolicyGraph(text: string): R;
  /** The policies allow exactly what is declared. */
  toBeProved(): R;
  /**
   * There is no path of any length from one end to the other. `ignoringDns` takes name servers to relay nothing; `through`
   * accepts the paths that come by one of its ends, which says that there is no other way.
   */
  toKeepApart(from: TestEnd, to: TestEnd, options?: ApartOptions): R;
}
