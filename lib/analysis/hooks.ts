import type { FieldPath } from '../kinds/field';
import { hookAmong } from '../kinds/lasting';
import { objectText } from '../kinds/manifest';
import { type Problem, printableProblem } from '../model/problem';
import type { Found, NamedObject } from './found';

/**
 * What to say of namespaces and workloads that are hooks: they are there only for a while. Who could reach whom is told for
 * that while, so that they are reckoned with as others are; what others may do does not depend on them.
 */
export function notesOnHooks(
  kept: readonly NamedObject[],
  found: readonly Found[],
  sourceOf: (index: number, path: FieldPath) => string | undefined,
): Problem[] {
  return kept.flatMap(({ object, ref, index, path }, position) => {
    const { namespaces = [], pods = [] } = found[position];
    const hook = namespaces.length + pods.length === 0 ? undefined : hookAmong(object);
    if (hook === undefined || ref === undefined) return [];
    const text = objectText(ref);
    const what =
      pods.length > 0
        ? 'so that its pods are there only for a while. They are reckoned with as if they stayed'
        : 'so that the namespace may be there only for a while, and what is in it goes with it';
    return [
      printableProblem({
        rule: 'passing-object',
        where: [sourceOf(index, path), text].filter((part) => part !== undefined).join(': '),
        what: `The annotation ${hook.key}: ${hook.value} makes a hook of it: ${hook.why}, ${what}`,
        value: hook.value,
        allowed: 'objects that stay, and hooks',
        fix: 'Read the manifests without their hooks (helm template --no-hooks) to leave it out.',
      }),
    ];
  });
}
