import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineNamed } from '../../lib/engines/engines';
import { SIGNS } from '../../lib/live/facts/agents';
import { ENGINE_NAMES } from '../../lib/model/engine-name';
import { ENGINES } from './portability/scenario';

// What the compiler does not ask for where an engine is added.

/** The lists in a schema of which all say engines. */
function enginesIn(schema: string): readonly string[][] {
  const text = readFileSync(join(__dirname, '../../docs/schemas', `${schema}.schema.json`), 'utf8');
  const lists = [...text.matchAll(/"enum": (\[[^\]]*"cluster-network-policy"[^\]]*\])/g)].map(([, list]) =>
    JSON.parse(list),
  );
  const patterns = [...text.matchAll(/"\^\(([a-z|-]*\|cluster-network-policy[a-z|-]*)\)/g)].map(([, list]) =>
    list.split('|'),
  );
  return [...lists, ...patterns];
}

describe('every engine', () => {
  const all = [...ENGINE_NAMES].sort();

  it('has the name that it is loaded by', () => {
    for (const name of ENGINE_NAMES) expect(engineNamed(name).name).toBe(name);
  });

  it('stands in the table of scenarios of docs/engines.md', () => {
    expect([...new Set(Object.values(ENGINES).map(({ engine }) => engine))].sort()).toEqual(all);
  });

  it.each(['cluster-facts', 'graph', 'proof-record', 'zero-trust'])('may stand in the schema %s', (schema) => {
    const lists = enginesIn(schema);
    expect(lists.length).toBeGreaterThan(0);
    for (const list of lists) expect([...list].sort()).toEqual(all);
  });

  it('is known in a live cluster by its agent, but for the kinds that agents of several bring', () => {
    const known = new Set([...SIGNS.map(({ engine }) => engine), 'cluster-network-policy']);
    expect([...known].sort()).toEqual(all);
  });
});
