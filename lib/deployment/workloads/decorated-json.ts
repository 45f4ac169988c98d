/** What `decorateJson` put in the place of `toJson`. */
const decorations = new WeakMap<object, unknown>();

/**
 * Hands what `target.toJson()` gives through `change`, whenever it is asked.
 *
 * A JSON patch cannot do it: its paths must exist when it is applied, and what a workload renders (labels of its template,
 * say) is only known then; and no construct is told when the tree is complete.
 */
export function decorateJson<Json>(target: { toJson(): Json }, change: (json: Json) => Json): void {
  // What somebody else put there may change more than ours does.
  const isOurs = isUndecorated(target);
  const original = target.toJson.bind(target);
  target.toJson = () => change(original());
  if (isOurs) decorations.set(target, target.toJson);
}

/** Whether nobody but this library replaced the `toJson` of the object itself. */
export function isUndecorated(target: { toJson(): unknown }): boolean {
  return !Object.hasOwn(target, 'toJson') || decorations.get(target) === target.toJson;
}
