/**
 * Hands what `target.toJson()` gives through `change`, whenever it is asked.
 *
 * A JSON patch cannot do it: its paths must exist when it is applied, and what a workload renders (labels of its template,
 * say) is only known then; and no construct is told when the tree is complete.
 */
export function decorateJson<Json>(target: { toJson(): Json }, change: (json: Json) => Json): void {
  const original = target.toJson.bind(target);
  target.toJson = () => change(original());
}
