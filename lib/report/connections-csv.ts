import type { ConnectionsOf } from '../asking/connections';
import type { World } from '../model/world';
import { connectionRows } from './connections-rows';
import { csvRow } from './csv';

/** Every allowed connection as CSV (RFC 4180), with a head. */
export function* connectionsCsv(found: Iterable<ConnectionsOf>, world: World): Generator<string> {
  yield csvRow(['from', 'to', 'surely', 'perhaps']);
  for (const { from, to, surely, perhaps } of connectionRows(found, world)) {
    yield csvRow([from, to, surely, perhaps]);
  }
}
