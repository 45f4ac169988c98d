import { namespaceNamed, podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { UnreadPolicy } from '../../model/unread-policy';
import type { ObjectRef } from '../manifest';
import type { PolicyReading } from '../policy-reading';
import { BOTH } from './traits';

/**
 * A policy of a kind that is read, with parts that are not: nothing of it counts, and it may decide anything about the pods
 * that it is about, which are of its namespace. None where it is read whole, or where its engine would not take it.
 */
export function unreadParts(reading: PolicyReading, { namespace }: ObjectRef): UnreadPolicy[] {
  const { kind, policy, problems } = reading;
  if (problems.some(({ rule }) => rule !== 'unread-policy')) return [];
  const namespaces = namespace === undefined ? selectors.anything : namespaceNamed(namespace);
  const subjects = reading.mayBind ?? [podSet(namespaces, selectors.anything)];
  return problems.flatMap((problem) =>
    subjects.map((subject) => ({ policy, kind, subject, directions: BOTH, effect: 'both', problem }) as const),
  );
}
