import type { Direction, PolicyRef } from './layer';
import type { PodSet } from './pod-set';
import type { Protocol } from './port-set';
import type { Problem } from './problem';

/** An object that decides on connections, or may, and that is not read whole. */
export interface UnreadPolicy {
  readonly policy: PolicyRef;
  /** API group and kind, `security.istio.io/AuthorizationPolicy`. */
  readonly kind: string;
  /** The pods that it may bind: nothing changes for any other. */
  readonly subject: PodSet;
  readonly directions: readonly Direction[];
  /** `closes`: it only takes away from what others allow; `opens`: it only adds; `both`: neither is known. */
  readonly effect: 'opens' | 'closes' | 'both';
  /** The port through which its pods may carry every other of the protocol: whoever reaches it may reach all. @default none */
  readonly tunnel?: { readonly protocol: Protocol; readonly port: number };
  /** It may also change or delete policies of others, so that what they isolate is not certain. */
  readonly changesOthers?: true;
  /** Why it is not read, and the way on. */
  readonly problem: Problem;
}
