import type { ConnectionsOf } from '../asking/connections';
import { printable } from '../model/printable';
import type { World } from '../model/world';
import { connectionRows } from './connections-rows';

/** Every allowed connection as CSV (RFC 4180), with a head. */
export function* connectionsCsv(found: Iterable<ConnectionsOf>, world: World): Generator<string> {
  yield 'from,to,surely,perhaps\r\n';
  for (const { from, to, surely, perhaps } of connectionRows(found, world)) {
    yield `${[from, to, surely, perhaps].map(cell).join(',')}\r\n`;
  }
}

/** Nothing in a name is a formula to a spreadsheet. */
function cell(text: string): string {
  const plain = printable(text);
  const safe = /^[=+\-@]/.test(plain) ? `'${plain}` : plain;
  return /[",]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
