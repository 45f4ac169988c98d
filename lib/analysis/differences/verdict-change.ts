import * as ports from '../../model/port-set';
import type { Verdict } from '../connectivity/verdicts';

/**
 * What became of a path, by what may pass on it: the upper bound, since that is what an intruder counts on. Where just as
 * much may pass and another part of it is certain, the path is `surer` or `less-sure`, which is neither wider nor narrower.
 */
export type ChangeKind =
  /** Nothing could pass, and now something may. */
  | 'added'
  /** More may pass than before, and nothing less. */
  | 'widened'
  /** Something else may pass: some of it is new, and some is gone. */
  | 'changed'
  /** The same may pass, and more of it certainly does. */
  | 'surer'
  /** The same may pass, and less of it certainly does. */
  | 'less-sure'
  /** Less may pass than before, and nothing new. */
  | 'narrowed'
  /** Something could pass, and nothing may any more. */
  | 'removed';

/** In the order in which they are told: what opens first. */
export const CHANGE_KINDS: readonly ChangeKind[] = [
  'added',
  'widened',
  'changed',
  'surer',
  'less-sure',
  'narrowed',
  'removed',
];

/** Whether something may pass that could not before. */
export function isWider(kind: ChangeKind): boolean {
  return kind === 'added' || kind === 'widened' || kind === 'changed';
}

/** Undefined where both are the same. */
export function changeOf(before: Verdict, after: Verdict): ChangeKind | undefined {
  const gains = !ports.covers(before.may, after.may);
  const loses = !ports.covers(after.may, before.may);
  if (gains && loses) return 'changed';
  if (gains) return ports.isEmpty(before.may) ? 'added' : 'widened';
  if (loses) return ports.isEmpty(after.may) ? 'removed' : 'narrowed';
  if (!ports.covers(after.must, before.must)) return 'less-sure';
  return ports.covers(before.must, after.must) ? undefined : 'surer';
}
