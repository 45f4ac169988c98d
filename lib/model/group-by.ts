import { into } from './into';

/** What has the same key together, in the order in which each is met. */
export function groupBy<T, K>(values: readonly T[], keyOf: (value: T) => K): ReadonlyMap<K, readonly [T, ...T[]]> {
  const groups = new Map<K, T[]>();
  for (const value of values) into(groups, keyOf(value), value);
  // A list is there once something is in it.
  return groups as ReadonlyMap<K, readonly T[]> as ReadonlyMap<K, readonly [T, ...T[]]>;
}
