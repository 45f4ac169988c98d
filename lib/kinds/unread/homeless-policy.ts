import { podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { UnreadPolicy } from '../../model/unread-policy';
import type { FieldProblem } from '../field';
import { type ObjectRef, objectText, placed } from '../manifest';
import { kindText, type Origin, policyRef } from './origin';

/** A policy that lands wherever it is applied, and so may bind the pods that it selects in any namespace. */
export function homelessPolicy(
  ref: ObjectRef,
  pods: selectors.Selector,
  directions: UnreadPolicy['directions'],
  origin: Origin,
): UnreadPolicy {
  const problem: FieldProblem = {
    path: ['metadata', 'namespace'],
    rule: 'no-namespace',
    what: `This ${ref.kind} says no namespace, so it lands wherever it is applied, and may bind pods of any namespace`,
    allowed: 'a namespace beside objects that have one',
    fix: 'Write metadata.namespace, or tell the default namespace where these objects are read.',
  };
  return {
    policy: policyRef(ref, origin),
    kind: kindText(ref),
    subject: podSet(selectors.anything, pods),
    directions,
    effect: 'both',
    problem: placed(problem, objectText(ref), origin.sourceOf(problem.path)),
  };
}
