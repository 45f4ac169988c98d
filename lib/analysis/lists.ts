import { type FieldPath, isObject } from '../kinds/field';

/** An object of the input, or one of a List in it. */
export interface ListedObject {
  readonly object: unknown;
  /** Position of the document in the input. */
  readonly index: number;
  /** Where in the document it stands: `[]`, or `items` and a position for each List that it is in. */
  readonly path: FieldPath;
}

/**
 * Every object, those in Lists one by one, at any depth. As for kubectl, whatever has `items` is a List, whatever its kind
 * (apimachinery, `Unstructured.IsList`), and Lists in Lists are opened as well (cli-runtime, `FlattenListVisitor`); one
 * without anything in it brings nothing.
 */
export function objectsOf(documents: readonly unknown[]): ListedObject[] {
  const found: ListedObject[] = [];
  documents.forEach((document, index) => {
    if (itemsOf(document) === undefined) found.push({ object: document, index, path: [] });
    else for (const object of opened({ object: document, index, path: [] })) found.push(object);
  });
  return found;
}

/** Without recursion: Lists may be nested deeper than calls can be. What holds itself is opened once. */
function opened(list: ListedObject): ListedObject[] {
  const found: ListedObject[] = [];
  const seen = new Set<unknown>();
  const waiting = [list];
  while (waiting.length > 0) {
    const next = waiting.pop() as ListedObject;
    const items = itemsOf(next.object);
    if (items === undefined) {
      found.push(next);
      continue;
    }
    if (seen.has(next.object)) continue;
    seen.add(next.object);
    // From the last one, so that the first is met next.
    for (let i = items.length - 1; i >= 0; i--) {
      waiting.push({ object: items[i], index: next.index, path: [...next.path, 'items', i] });
    }
  }
  return found;
}

/** Its items, which may leave their kind to a list of one kind; undefined for what is no list. */
function itemsOf(document: unknown): readonly unknown[] | undefined {
  if (!isObject(document) || !('items' in document)) return undefined;
  const { apiVersion, kind, items } = document;
  const isOfKindList = typeof kind === 'string' && kind.endsWith('List');
  if (items === null || items === undefined) return isOfKindList ? [] : undefined;
  if (!Array.isArray(items)) return undefined;
  const kindOfItems = isOfKindList ? kind.slice(0, -'List'.length) : '';
  if (kindOfItems === '') return items;
  return items.map((item) =>
    isObject(item) && isMissing(item.kind) ? { ...item, apiVersion, kind: kindOfItems } : item,
  );
}

function isMissing(kind: unknown): boolean {
  return kind === undefined || kind === null || kind === '';
}
