/**
 * `compute`, worked out once for each object. Only for values that never change: one end serves many flows, and its text
 * is asked for at each of them.
 */
export function remembered<T extends object, R>(compute: (value: T) => R): (value: T) => R {
  const known = new WeakMap<T, { readonly result: R }>();
  return (value) => {
    const found = known.get(value) ?? { result: compute(value) };
    known.set(value, found);
    return found.result;
  };
}
