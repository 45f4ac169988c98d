/** Every object of ours: `instanceof` would not tell, since `ApiObject` answers it for every API object. */
const emitted = new WeakSet<object>();

/** Notes that the object is one that this library emits. */
export function markEmitted(object: object): void {
  emitted.add(object);
}

/** Whether this library emits the object. */
export function isEmitted(construct: object): boolean {
  return emitted.has(construct);
}
