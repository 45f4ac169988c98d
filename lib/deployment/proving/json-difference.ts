import { type FieldPath, isObject } from '../../kinds/field';

/** A field in which two JSON values differ; the value that one of them lacks is undefined. */
export interface FieldDifference {
  readonly path: FieldPath;
  readonly rendered: unknown;
  readonly written: unknown;
}

/**
 * Where two JSON values differ in meaning: the order of keys does not matter, that of lists does. A part that only one of
 * them has is one difference, whatever is in it.
 */
export function jsonDifferences(rendered: unknown, written: unknown, path: FieldPath = []): FieldDifference[] {
  if (Array.isArray(rendered) && Array.isArray(written)) {
    const length = Math.max(rendered.length, written.length);
    return Array.from({ length }, (_, i) => jsonDifferences(rendered[i], written[i], [...path, i])).flat();
  }
  if (isObject(rendered) && isObject(written)) {
    const keys = [...new Set([...Object.keys(rendered), ...Object.keys(written)])].sort();
    return keys.flatMap((key) => jsonDifferences(own(rendered, key), own(written, key), [...path, key]));
  }
  return rendered === written ? [] : [{ path, rendered, written }];
}

function own(value: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}
