import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { READING_RULES } from '../../lib/findings/reading-rules';

/** What is only said of declarations, and of what programs hand over. */
const OF_DECLARATIONS =
  /limits[.]ts$|engines.kubernetes.(rules|port-ranges|ports-on-aws)[.]ts$|model.checked[.]ts$|connectivity[.]ts$/;

test('The ids of what readers say are those that stand in their sources.', () => {
  const found = ['lib/kinds', 'lib/engines', 'lib/analysis', 'lib/model'].flatMap(rulesIn);
  expect(READING_RULES).toEqual([...new Set(found)].sort());
});

function rulesIn(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => rulesIn(join(path, name)));
  if (OF_DECLARATIONS.test(path)) return [];
  const rules = /(?:rule: (?:\w+ \? '(?<first>[a-z-]+)' : )?|UNCERTAIN_POLICY = )'(?<id>[a-z-]+)'/g;
  return [...readFileSync(path, 'utf8').matchAll(rules)].flatMap(({ groups }) =>
    [groups?.first, groups?.id].filter((id) => id !== undefined),
  );
}
