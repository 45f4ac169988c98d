import { podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { UnreadPolicy } from '../../model/unread-policy';
import { type FieldProblem, isObject } from '../field';
import { type ObjectRef, objectText, placed } from '../manifest';
import { kindText, type Origin, policyRef } from './origin';
import { namespaceOr } from './subjects';
import { BOTH } from './traits';
import { valueAt } from './value-at';

/** OVN-Kubernetes reads it when the namespace is created (okep-5193). */
const PRIMARY_NETWORK = 'k8s.ovn.org/primary-user-defined-network';

/** A namespace whose pods are in a network of their own: they reach no others, whatever policies say. */
export function networkOfNamespace(object: unknown, ref: ObjectRef, origin: Origin): UnreadPolicy[] {
  const labels = valueAt(object, ['metadata', 'labels']);
  if (!isObject(labels) || !Object.hasOwn(labels, PRIMARY_NETWORK)) return [];
  const problem: FieldProblem = {
    path: ['metadata', 'labels', PRIMARY_NETWORK],
    rule: 'other-network',
    what: 'Pods of this namespace are in a network of their own, so that policies alone do not say whom they reach',
    value: PRIMARY_NETWORK,
    allowed: 'namespaces of the default network',
    fix: 'Take the label out, or judge this namespace on the cluster.',
  };
  return [
    {
      policy: policyRef(ref, origin),
      kind: kindText(ref),
      subject: podSet(namespaceOr(ref.name), selectors.anything),
      directions: BOTH,
      effect: 'both',
      problem: placed(problem, objectText(ref), origin.sourceOf(problem.path)),
    },
  ];
}
