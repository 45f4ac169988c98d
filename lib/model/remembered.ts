/**
 * `compute`, worked out once for each object. Only for values that never change: one end serves many flows, and its text
 * is asked for at each of them.
 */
export function remembered<T extends object, R extends object | string | boolean>(
  compute: (value: T) => R,
): (value: T) => R {
  const known = new WeakMap<T, R>();
  return (value) => {
    const found = known.get(value);
    if (found !== undefined) return found;
    const result = compute(value);
    known.set(value, result);
    return result;
  };
}
