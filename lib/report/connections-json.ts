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
): Generator<string> {
  yield `{\n  "schema": "${CONNECTIONS_SCHEMA}",\n  "connections": [`;
  let before = '\n';
  for (const { from, to, surely, perhaps } of connectionRows(found, world)) {
    const row = { from, to, ...(surely !== '' && { surely }), ...(perhaps !== '' && { perhaps }) };
    yield `${before}    ${JSON.stringify(row)}`;
    before = ',\n';
  }
  const rows = ways.map((way) => `    ${JSON.stringify(way)}`);
  yield rows.length === 0 ? '\n  ]\n}\n' : `\n  ],\n  "waysIn": [\n${rows.join(',\n')}\n  ]\n}\n`;
}
