import { dump, loadAll } from 'js-yaml';
import { planeOf, readText } from '../../lib/analysis';
import { CHECKS, runChecks, seenOf } from '../../lib/checks';

/** What somebody may write where something else belongs. */
const WRONG = [null, 'x', '', 0, [], {}, [null], [{}], { matchLabels: null }, true];

/** The paths of all fields of a value. */
function pathsOf(value: unknown, above: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([key, part]) => [[...above, key], ...pathsOf(part, [...above, key])]);
}

function replaced(value: unknown, [key, ...rest]: readonly (string | number)[], wrong: unknown): unknown {
  if (key === undefined) return wrong;
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? replaced(item, rest, wrong) : item));
  return { ...(value as object), [key]: replaced((value as Record<string, unknown>)[key], rest, wrong) };
}

test('Whatever stands in a field, no rule throws.', () => {
  let turn = 0;
  for (const { avoid } of CHECKS) {
    const documents: unknown[] = [];
    loadAll(avoid, (document) => documents.push(document));
    for (const [position, document] of documents.entries()) {
      for (const path of pathsOf(document)) {
        const wrong = WRONG[turn++ % WRONG.length];
        const damaged = documents.map((each, i) => (i === position ? replaced(document, path, wrong) : each));
        const reading = readText(damaged.map((each) => dump(each)).join('---\n'), 'damaged.yaml');
        expect(() => runChecks(seenOf(reading, planeOf(reading)), CHECKS)).not.toThrow();
      }
    }
  }
});
