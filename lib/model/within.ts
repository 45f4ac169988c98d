/** The map of a key, made where there is none yet. */
export function within<A, K, V>(maps: Map<A, Map<K, V>>, key: A): Map<K, V> {
  const known = maps.get(key);
  if (known !== undefined) return known;
  const made = new Map<K, V>();
  maps.set(key, made);
  return made;
}
