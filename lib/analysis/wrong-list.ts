import { type FieldProblem, isObject } from '../kinds/field';
import { knownKind } from '../kinds/known-kinds';
import { groupOf, type ObjectRef } from '../kinds/manifest';

/**
 * What is wrong with a List that brings nothing since its items are missing, or are no list; undefined for anything else.
 * kubectl finds no kind of that name without items, and cannot decode others (apimachinery, `unstructuredJSONScheme`).
 *
 * @param file that it is in; an app has none.
 */
export function wrongList(object: unknown, ref: ObjectRef, file: string | undefined): FieldProblem | undefined {
  if (!isObject(object) || !isList(ref)) return undefined;
  // An app leaves out what is null, and a List whose items are null brings nothing.
  if (!('items' in object) && file === undefined) return undefined;
  const { items } = object;
  const wrong =
    'items' in object ? `The items of this ${ref.kind} are ${shape(items)}` : `This ${ref.kind} has no items`;
  return {
    path: 'items' in object ? ['items'] : ['kind'],
    rule: 'not-kubernetes',
    what: `${wrong}, and what it was to bring is not read: kubectl refuses it as well`,
    allowed: 'items: a list of objects',
    fix: "Write its objects under 'items', each with '- ' before it.",
  };
}

/** `List`, or that of a kind that is known; other kinds may be called so and be none. */
function isList({ apiVersion, kind }: ObjectRef): boolean {
  if (!kind.endsWith('List')) return false;
  const group = groupOf(apiVersion);
  const each = kind.slice(0, -'List'.length);
  if (each === '') return group === '';
  return knownKind(group, kind) === undefined && knownKind(group, each) !== undefined;
}

function shape(items: unknown): string {
  return isObject(items) ? 'an object' : typeof items === 'string' ? 'text' : `a ${typeof items}`;
}
