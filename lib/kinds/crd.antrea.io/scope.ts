import type { Beside } from '../beside';
import type { Values } from '../networking.k8s.io';

/** Where a policy is read: its namespace, undefined for one of the whole cluster, and what is read with it. */
export interface Scope {
  readonly namespace: string | undefined;
  readonly values: Values;
  readonly beside: Beside;
}
