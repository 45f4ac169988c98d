import { Field, type FieldProblem, isObject } from '../kinds/field';
import { doubtOf, ownersAmong } from '../kinds/lasting';
import { remembered } from '../model/remembered';
import type { CheckFinding } from './check';
import type { Seen, SeenObject } from './seen';
import { policyObjects } from './seen-rules';

/** Policies that nobody can rely on being there once they were applied, for one of the reasons. */
export function* passing(seen: Seen, reason: string): Generator<CheckFinding> {
  for (const { object, doubt } of passingPolicies(seen)) {
    if (doubt.rule !== reason) continue;
    const { what, value, allowed, fix, path } = doubt;
    yield {
      object,
      path,
      what,
      ...(fix !== undefined && { fix }),
      ...(value !== undefined && { value }),
      ...(allowed !== undefined && { allowed }),
    };
  }
}

const passingPolicies = remembered(
  (seen: Seen): readonly { readonly object: SeenObject; readonly doubt: FieldProblem }[] => {
    const isThere = ownersAmong(() => seen.objects.map(({ json }) => json));
    return policyObjects(seen).flatMap((object) => {
      if (!saysWhatDecides(object)) return [];
      const doubt = doubtOf(Field.top(object.json, []).child('metadata'), object.ref.namespace, isThere);
      return doubt === undefined ? [] : [{ object, doubt }];
    });
  },
);

/** Most policies have neither annotations nor owners, and nothing speaks against them. */
function saysWhatDecides({ json: { metadata } }: SeenObject): boolean {
  return !isObject(metadata) || (metadata.annotations ?? metadata.ownerReferences ?? null) !== null;
}
