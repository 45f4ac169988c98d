import type { IpBlockMode, Isolation, Rule } from '../model/layer';
import type { UnreadPolicy } from '../model/unread-policy';
import type { PolicyReading } from './policy-reading';

/** What was read of all manifests. */
export interface PoliciesRead {
  /** Of NetworkPolicies. */
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  /** Rules of NetworkPolicies in directions that policyTypes leaves out, which some engines take all the same. @default none */
  readonly leftOut?: readonly Rule[];
  /** Of every other kind, each object by itself; absent where there are none. */
  readonly others?: readonly PolicyReading[];
  /** What decides on connections, or may, and is not read whole. @default none */
  readonly unread?: readonly UnreadPolicy[];
  /** Policies that the API server or the engine refuses, with each of their problems: whom they would bind. @default none */
  readonly refused?: readonly UnreadPolicy[];
}

/** What of a cluster decides how policies are taken together. */
export interface ComposeFacts {
  /** Of the engine. */
  readonly version?: string;
  /** Where the cluster runs, by the title of `lib/cluster/platforms`: some bring an engine of their own. */
  readonly platform?: string;
  /** Nobody said which engine the cluster runs: it is the one that enforces the kinds that are there. */
  readonly isByKinds?: true;
  readonly ipBlockMode: IpBlockMode;
}
