import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXAMPLES } from '../../deployment/warnings/examples';
import { refusalOf } from './refusal';
import { TABLES } from './tables';

describe.each(TABLES)('%s is refused for', (_, table) => {
  it.each(Object.entries(table))('%s', (_name, { rule, make, value, where, alone, says }) => {
    const problem = refusalOf({ make, rule });
    if (value instanceof RegExp) expect(problem.value).toMatch(value);
    else if (value !== undefined) expect(problem.value).toBe(value);
    if (where !== undefined) expect(problem.where).toBe(where);
    if (alone) expect(problem.among).toBe(1);
    expect(problem.allowed ?? problem.fix).toBeDefined();
    expect(problem.message).toMatch(says);
    expect(problem.message).not.toMatch(/undefined|\[object|^:|\.\.$| {2}$/m);
  });
});

describe('the table of refusals', () => {
  it('has a row for every rule of the values and the constructs', () => {
    const rules = new Set(
      ['lib/values', 'lib/deployment', 'lib/tiers', 'lib/catalog', 'lib/model/checked.ts'].flatMap(rulesIn),
    );
    const rows = new Set(TABLES.flatMap(([, table]) => Object.values(table)).map(({ rule }) => rule));
    expect(rules.size).toBeGreaterThan(40);
    expect([...rules].filter((rule) => !rows.has(rule) && !ELSEWHERE.has(rule))).toEqual([]);
  });
});

/**
 * Rules that hold of a folder of files, or of what an app renders by a resolver, and not of an input, are tested with these;
 * warnings have their examples.
 */
const ELSEWHERE = new Set(['written-objects', 'written-fields', 'resolver-changes-policy', ...Object.keys(EXAMPLES)]);

/** Ids of rules that the source of a file or a folder refuses by. */
function rulesIn(path: string): string[] {
  if (statSync(path).isDirectory()) return readdirSync(path).flatMap((name) => rulesIn(join(path, name)));
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:rule: (?:\w+ \? '(?<first>[a-z-]+)' : )?|refusal\()'(?<id>[a-z-]+)'/g)].flatMap(
    ({ groups }) => [groups?.first, groups?.id].filter((rule) => rule !== undefined),
  );
}
