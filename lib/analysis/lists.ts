import { type FieldPath, isObject } from '../kinds/field';

/** An object of the input, or one of a List in it. */
export interface ListedObject {
  readonly object: unknown;
  /** Position of the document in the input. */
  readonly index: number;
  /** Where in the document it stands: `[]`, or `items` and a position. */
  readonly path: FieldPath;
}

/** Every object, those in Lists one by one. Lists do not hold Lists. */
export function objectsOf(documents: readonly unknown[]): ListedObject[] {
  return documents.flatMap((document, index) => {
    const items = itemsOf(document);
    if (items === undefined) return [{ object: document, index, path: [] }];
    return items.map((object, i) => ({ object, index, path: ['items', i] }));
  });
}

/** As kubectl writes them: `List` of v1, and a list of one kind, whose items may leave their kind to it. */
function itemsOf(document: unknown): readonly unknown[] | undefined {
  if (!isObject(document) || typeof document.kind !== 'string' || !document.kind.endsWith('List')) return undefined;
  if (!Array.isArray(document.items)) return undefined;
  const { apiVersion } = document;
  const kind = document.kind.slice(0, -'List'.length);
  if (kind === '') return document.items;
  return document.items.map((item) => (isObject(item) ? { apiVersion, kind, ...item } : item));
}
