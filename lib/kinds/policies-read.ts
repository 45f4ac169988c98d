import type { IpBlockMode, Isolation, Rule } from '../model/layer';
import type { PolicyReading } from './policy-reading';

/** What was read of all manifests. */
export interface PoliciesRead {
  /** Of NetworkPolicies. */
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  /** Of every other kind, each object by itself; absent where there are none. */
  readonly others?: readonly PolicyReading[];
}

/** What of a cluster decides how policies are taken together. */
export interface ComposeFacts {
  /** Of the engine. */
  readonly version?: string;
  readonly ipBlockMode: IpBlockMode;
}
