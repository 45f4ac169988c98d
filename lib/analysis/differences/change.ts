import type { HostPattern } from '../../model/host-pattern';
import type { IpSet } from '../../model/ip-set';
import type { Entity, PolicyRef } from '../../model/layer';
import type { Verdict } from '../connectivity/verdicts';
import type { Presence } from './presence';
import type { ChangeKind } from './verdict-change';

/** One end of a change: all of these. */
export type ChangeEnd =
  /** By their ids, sorted. */
  | { readonly kind: 'workloads'; readonly workloads: readonly string[] }
  | { readonly kind: 'addresses'; readonly addresses: IpSet }
  | { readonly kind: 'entity'; readonly entity: Entity }
  /** By name, or by a wildcard. */
  | { readonly kind: 'host'; readonly host: HostPattern };

/**
 * One change of what passes from every one of its sources to every one of its destinations. A workload at both ends stands
 * for connections from one of its pods to another.
 */
export interface Change {
  readonly kind: ChangeKind;
  readonly from: ChangeEnd;
  readonly to: ChangeEnd;
  readonly before: Verdict;
  readonly after: Verdict;
  /** Whether all workloads of it are there on both sides. */
  readonly presence: Presence;
  /** How many pairs of ends it is: a set of addresses is one end, and so is a name. */
  readonly paths: number;
  /** Whether an end of it, in the direction of the connection, is the internet or a part of it. */
  readonly internet: 'from' | 'to' | undefined;
  /** What made it so, as far as that can be told. */
  readonly causes: readonly Cause[];
  /** The reasons that these policies give for it in their annotations, each once. */
  readonly reasons: readonly string[];
}

/** A change before it is known what made it. */
export type BareChange = Omit<Change, 'causes' | 'reasons'>;

/** Why a path changed. */
export type Cause =
  | { readonly kind: 'policy'; readonly change: 'added' | 'removed' | 'changed'; readonly policy: PolicyRef }
  /** Policies of this layer are asked in another order. */
  | { readonly kind: 'order'; readonly layer: string }
  /** The workload came or went, or policies see it otherwise: its labels, ports, network or addresses. */
  | { readonly kind: 'workload'; readonly change: 'added' | 'removed' | 'changed'; readonly id: string }
  | { readonly kind: 'namespace'; readonly name: string }
  /** Another engine decides, or the same one otherwise. */
  | { readonly kind: 'engine' };
