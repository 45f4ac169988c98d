import { isObject } from '../field';

/** What stands at a path; undefined where nothing does. */
export function valueAt(object: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

/** A list that has something in it. */
export function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
