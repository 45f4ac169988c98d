import type { HostPattern } from '../model/host-pattern';
import type { Direction, Entity } from '../model/layer';
import type { PortSet } from '../model/port-set';
import type { HttpMatch } from '../model/request-match';
import type { Labels, Requirement } from '../model/selector';

/** A declaration that is to be written: what is adopted of a cluster, as plain data. */
export interface Plan {
  readonly namespaces: readonly PlannedNamespace[];
  readonly tiers: readonly PlannedTier[];
  readonly flows: readonly PlannedFlow[];
  /** Policies are larger than `kubectl apply` takes, unless objects are applied on the side of the server. */
  readonly isLarge?: boolean;
}

export interface PlannedNamespace {
  readonly name: string;
  /** What its owner labels it with, the label of its name apart. */
  readonly labels: Labels;
  readonly purpose: string;
  readonly waived: readonly Waiver[];
}

/** A rule that what is there today breaks: it is acknowledged, so that what is declared is what there is. */
export interface Waiver {
  readonly rule: string;
  readonly because: string;
}

export interface PlannedTier {
  readonly namespace: string;
  readonly name: string;
  readonly pods: readonly Requirement[];
  /** The ids of its workloads. */
  readonly workloads: readonly string[];
  /** Ports that its containers declare. */
  readonly ports: PortSet;
  readonly dns: boolean;
  /** The known system that it is, as its makers write it. */
  readonly system?: string;
  /** The entry of the catalog that its pods may be taken for: where the system is one tier. */
  readonly candidate?: string;
  /** The entry of the catalog that it is made of. */
  readonly entry?: string;
  /** Why it is made of none, though it is a known system. */
  readonly whyNoEntry?: string;
  readonly waived: readonly Waiver[];
}

export interface PlannedFlow {
  /** Namespace and name of the tier that says it. */
  readonly tier: string;
  readonly direction: Direction;
  readonly peer: PlannedPeer;
  readonly ports: PortSet;
  /** Absent where all traffic on the ports passes. */
  readonly http?: readonly HttpMatch[];
  readonly because: string;
  readonly waived: readonly Waiver[];
}

export type PlannedPeer =
  | { readonly kind: 'tier'; readonly tier: string }
  | { readonly kind: 'namespace'; readonly name: string }
  /** Pods that stay others'. */
  | {
      readonly kind: 'pods';
      readonly pods: readonly Requirement[];
      readonly place: { readonly name: string } | { readonly labels: Labels };
      readonly owner: string;
    }
  | BlockPeer
  | BlocksPeer
  | { readonly kind: 'host'; readonly host: Extract<HostPattern, { kind: 'exact' | 'one-label' | 'any-depth' }> }
  | { readonly kind: 'entity'; readonly entity: Exclude<Entity, 'ingress'> };

export interface BlockPeer {
  readonly kind: 'block';
  readonly cidr: string;
  readonly except: readonly string[];
}

/** Several blocks, each with the reason that is known of it. */
export interface BlocksPeer {
  readonly kind: 'blocks';
  readonly blocks: readonly { readonly cidr: string; readonly because: string }[];
  /** The reason for all of them. */
  readonly because: string;
}

/** What a plan does not take over of what is allowed today, and why. */
export interface LeftOut {
  readonly kind: LeftKind;
  /** Namespace and name of the tier, or of the namespace, that it is about. */
  readonly of: string;
  readonly what: string;
  /** What the policy that lets it through is called, where it is one. */
  readonly policy?: string;
  /** The call on its connections that would allow it, where one would; another tier stands in it by its key, in angle brackets. */
  readonly line?: string;
}

export type LeftKind =
  /** One end lets it through by name, and the other does not. */
  | 'half-open'
  /** No policy isolates an end, so that nobody knows what of it is needed. */
  | 'open'
  /** No declaration says it, or none of what the manifests show. */
  | 'not-said'
  /** No policy can bind these pods alone. */
  | 'no-tier'
  /** It is taken over, and no log shows that it is used. */
  | 'unused'
  /** It is taken over by address, and logs show a name. */
  | 'by-address'
  /** It is refused as it would be declared. */
  | 'refused';

export function keyOf({ namespace, name }: Pick<PlannedTier, 'namespace' | 'name'>): string {
  return `${namespace}/${name}`;
}
