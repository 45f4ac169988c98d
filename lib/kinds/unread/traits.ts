import type { Direction } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { UnreadPolicy } from '../../model/unread-policy';
import type { ObjectRef } from '../manifest';

/** How an object of a kind that is not read bears on connections. */
export interface UnreadTraits {
  readonly effect: UnreadPolicy['effect'];
  readonly directions: readonly Direction[];
  /** The pods that it may bind. */
  readonly subject: SubjectOf;
  /** It may change or delete policies of others as well. */
  readonly changesOthers?: true;
  /** Whether this object does anything, by the field that turns it off. @default always */
  readonly isOn?: (object: unknown) => boolean;
  /** What to do, where the kind has a switch or another way on. */
  readonly fix?: string;
}

/** The pods that an object may bind; `ref.namespace` is absent for one that may land in any namespace. */
export type SubjectOf = (object: unknown, ref: ObjectRef) => PodSet;

export const IN: readonly Direction[] = ['ingress'];
export const OUT: readonly Direction[] = ['egress'];
export const BOTH: readonly Direction[] = ['ingress', 'egress'];
