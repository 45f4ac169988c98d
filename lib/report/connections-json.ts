import type { ConnectionsOf } from '../asking/connections';
import type { World } from '../model/world';
import { connectionRows } from './connections-rows';

/** What the JSON of connections says that it is. */
export const CONNECTIONS_SCHEMA = 'cdk8s-zero-trust/connections/v1';

/** Every allowed connection for programs, one on a line. */
export function* connectionsJson(
  found: Iterable<ConnectionsOf>,
  world: World,
  ways: readonly object[] = [],
  systems: readonly object[] = [],
): Generator<string> {
  yield `{\n  "schema": "${CONNECTIONS_SCHEMA}",\n  "connections": [`;
  let before = '\n';
  for (const { from, to, surely, perhaps } of connectionRows(found, world)) {
    const row = { from, to, ...(surely !== '' && { surely }), ...(perhaps !== '' && { perhaps }) };
    yield `${before}    ${JSON.stringify(row)}`;
    before = ',\n';
  }
  yield `\n  ]${listed('waysIn', ways)}${listed('systems', systems)}\n}\n`;
}

/** A list of its own beside the connections, where there is something in it. */
function listed(name: string, items: readonly object[]): string {
  const rows = items.map((item) => `    ${JSON.stringify(item)}`);
  return rows.length === 0 ? '' : `,\n  "${name}": [\n${rows.join(',\n')}\n  ]`;
}
