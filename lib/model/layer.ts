import type { HostPattern } from './host-pattern';
import type { IpSet } from './ip-set';
import type { PodSet } from './pod-set';
import type { PortSet } from './port-set';
import type { Problem } from './problem';
import type { RequestMatch } from './request-match';
import type { InitContainer } from './world';

export type Direction = 'ingress' | 'egress';

/** Where a rule was read: the object, and the position of the rule in it. */
export interface PolicyRef {
  /** Such as `NetworkPolicy`. */
  readonly kind: string;
  /** Absent for cluster-wide kinds. */
  readonly namespace?: string;
  readonly name: string;
  /** File and document, where the object came from one. */
  readonly source?: string;
}

/** Peers of a rule: pods, or addresses. Whether addresses also match pods is the cluster's `ipBlockMode`. */
export type RulePeer =
  | { readonly kind: 'pods'; readonly pods: PodSet }
  | { readonly kind: 'addresses'; readonly addresses: IpSet }
  /** Addresses outside the cluster, as far as they are answers to queries for these names. */
  | { readonly kind: 'hosts'; readonly patterns: readonly HostPattern[] }
  /** Ends that the engine knows by themselves, whatever their addresses are. */
  | { readonly kind: 'entity'; readonly entity: Entity }
  /** Every source or destination: pods, nodes and addresses alike. */
  | { readonly kind: 'anything' };

/**
 * The API server; every node of the cluster, with what is on its host network; or the proxies of the engine's own gateway
 * (Cilium's entity `ingress`), whoever comes by them.
 */
export type Entity = (typeof ENTITIES)[number];

export const ENTITIES = ['api-server', 'nodes', 'ingress'] as const;

/** One rule in the form that every engine's kinds are read into. */
export interface Rule {
  readonly policy: PolicyRef;
  readonly direction: Direction;
  /** Position in its list, from 0. */
  readonly index: number;
  /** The pods that the rule is about. */
  readonly subject: PodSet;
  /** The union of these; never empty (a rule without peers is read as `anything`). */
  readonly peers: readonly RulePeer[];
  readonly ports: PortSet;
  /** The requests that the rule is about, never empty. Absent where it is about all traffic on its ports. */
  readonly requests?: readonly RequestMatch[];
  readonly action: 'allow' | 'deny' | 'pass';
  /** The rule may be there or not, or may say less than this: reckoned with where a bound is upper, left out where lower. */
  readonly isUncertain?: true;
  /** Why it is uncertain, and what would make it certain. Absent for what is certain, or has no reason of its own. */
  readonly doubt?: Problem;
}

/** `subject` is isolated in `direction` by `policy`: what no rule of the layer allows meets the layer's `otherwise`. */
export interface Isolation {
  readonly policy: PolicyRef;
  readonly direction: Direction;
  readonly subject: PodSet;
  /** The policy may be there or not, or may isolate fewer pods: nothing is certainly denied by it. */
  readonly isUncertain?: true;
  /** As of a rule. */
  readonly doubt?: Problem;
}

/**
 * One step of an engine's decision. `union`: any deny wins, then any allow; `ranked`: the first match decides. A subject
 * that the layer does not isolate goes to the next layer; after the last one, traffic passes.
 */
export interface Layer {
  readonly name: string;
  readonly order: 'union' | 'ranked';
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  /** What meets a subject that is isolated and that nothing matched. */
  readonly otherwise: 'deny' | 'next';
}

/** Layers in order. A connection needs every plane at both of its ends. */
export interface Plane {
  readonly name: string;
  readonly layers: readonly Layer[];
  readonly ipBlockMode: IpBlockMode;
  /** The init containers whose names of ports the engine resolves, beside those of other containers. @default sidecars */
  readonly namesOf?: readonly InitContainer[];
  /** Of the ends that engines know by themselves, those that there are under this one. @default the API server and nodes */
  readonly entities?: readonly Entity[];
  /**
   * What the policies together leave undefined, such as equal priorities that disagree: the layers hold one of the ways in
   * which the engine may decide. Absent where there is nothing.
   */
  readonly problems?: readonly Problem[];
  /** Of these problems, those that are about some connections alone. @default every one is about all */
  readonly doubts?: readonly PlaneDoubt[];
}

/** A problem of a plane, with all that it leaves undefined: of any other connection the layers are right. */
export interface PlaneDoubt {
  readonly problem: Problem;
  /** What may be let through or denied all the same, each uncertain: asked before all layers. None where nobody is bound. */
  readonly rules: readonly Rule[];
}

/**
 * Whether an address block in a rule matches pods by their address: `pods` (upstream tests require it, Calico does it),
 * `external-only` (Cilium), or `may` (unknown: both must be reckoned with).
 * Sources: kubernetes `test/e2e/network/netpol`, cilium issue 20550.
 */
export type IpBlockMode = 'pods' | 'external-only' | 'may';
