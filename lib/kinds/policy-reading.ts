import type { Isolation, Layer, PolicyRef, Rule } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import type { Problem } from '../model/problem';
import type { UnreadPolicy } from '../model/unread-policy';
import type { Beside } from './beside';
import type { FieldPath } from './field';
import type { IsThere } from './lasting';
import type { Memory } from './memory';

/** What one object of an engine's own kind says. `compose` of the engine makes layers of many. */
export interface PolicyReading {
  /** API group and kind, `cilium.io/CiliumNetworkPolicy`. */
  readonly kind: string;
  readonly policy: PolicyRef;
  /** In the order in which they are written, which decides where the kind is ranked. */
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  /** Where it stands among the policies of its engine; absent where the kind knows no order. */
  readonly rank?: PolicyRank;
  /** The pods that it is about at most, for what is not read whole. @default every pod of its namespace, or of the cluster */
  readonly mayBind?: readonly PodSet[];
  /** It is only tried out: the engine reports what it would decide, and decides without it. */
  readonly isStaged?: true;
  /**
   * Present where the object is no policy, but says of a group of them where it stands, as Calico's Tier does: what meets
   * whom a policy of the group isolates and nothing matches. `rank` names the group and has its order.
   */
  readonly otherwise?: Layer['otherwise'];
  /** The first version of its engine that takes it as it is written; earlier ones refuse it. @default every one takes it */
  readonly since?: string;
  /** Each says where it stands, down to the field. With any, there are neither rules nor isolations. */
  readonly problems: readonly (Problem & { readonly path: FieldPath })[];
  /** Present where the engine takes the object, and its problems say that it is not understood: whom it binds. */
  readonly unread?: readonly UnreadPolicy[];
  /** Present where the object is refused, with each of its problems: whom it would bind if it were put right. */
  readonly refused?: readonly UnreadPolicy[];
}

/** Engines name the groups of policies that come one after another tiers; here that is a layer. */
export interface PolicyRank {
  /** Name of the layer: Calico's and Antrea's tier, `Admin` or `Baseline` of ClusterNetworkPolicy. */
  readonly layer: string;
  /** Calico's `order`, others' `priority`: lower comes first. Infinity where it is absent and that is last. */
  readonly order: number;
}

/** What is read of an object: problems with its place, and where objects without a namespace go. */
export interface ReadOptions {
  /** File and document, for problems and explanations. */
  readonly source?: string;
  /** The source of one field, where its line is known. @default source */
  readonly sourceOf?: (path: FieldPath) => string | undefined;
  /** @default 'default' */
  readonly defaultNamespace?: string;
  /** What was read before of the same manifests. @default nothing */
  readonly memory?: Memory;
  /** Whether what a policy belongs to is there. @default of nothing */
  readonly isThere?: IsThere;

  /** What is read together with it. @default nothing */
  readonly beside?: Beside;
}

/** Reads the objects of one kind. */
export interface PolicyReader {
  /** API group. */
  readonly group: string;
  readonly kind: string;
  /** API versions that it reads, `cilium.io/v2`. */
  readonly apiVersions: readonly string[];
  readonly isClusterWide: boolean;
  readonly read: (object: unknown, options?: ReadOptions) => PolicyReading;
}
