import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withTable } from './document';
import { outcomeOf } from './outcome';
import { ENGINES } from './scenario';
import { SCENARIOS } from './scenarios';

describe.each(Object.entries(ENGINES))('on %s', (name, { engine }) => {
  it.each(SCENARIOS.map((scenario) => [scenario.title, scenario] as const))('%s', (_title, scenario) => {
    const outcome = outcomeOf(scenario, name);
    const rule = scenario.refused?.[engine];
    if (rule !== undefined) expect(outcome).toMatchObject({ kind: 'refused', rules: [rule] });
    else expect(outcome).toEqual({ kind: scenario.isAudit ? 'would allow' : 'proved' });
  });
});

describe('the table of scenarios', () => {
  it('has forty or more, each with a title of its own', () => {
    expect(SCENARIOS.length).toBeGreaterThanOrEqual(40);
    expect(new Set(SCENARIOS.map(({ title }) => title)).size).toBe(SCENARIOS.length);
  });

  it('is what docs/engines.md shows', () => {
    const document = readFileSync(join(__dirname, '../../../docs/engines.md'), 'utf8');
    expect(withTable(document)).toBe(document);
  });
});
