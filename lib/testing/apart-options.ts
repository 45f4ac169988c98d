import type { TestEnd } from '../questions/ends';

/** Which paths `toKeepApart` takes for none. */
export interface ApartOptions {
  /**
   * Whether name servers are taken to answer and to relay nothing: a path does not go on from them. They do forward names
   * to the internet, through which data can leave slowly, so this says less.
   *
   * @default false
   */
  readonly ignoringDns?: boolean;
  /**
   * Ends that a path may lead through: one or a list. Paths that come by one of them are accepted, and all others are not, so
   * that the two ends are apart once these are taken out: `{ through: gateway }` says that the gateway is the only way from
   * the one to the other. It does not say that there is a way through it; `toAllow` does. A path that ends at one of them
   * counts.
   *
   * @default - none
   */
  readonly through?: TestEnd | readonly TestEnd[];
}
