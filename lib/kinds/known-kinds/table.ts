import { BRINGERS } from './bringers';
import { INERT } from './inert';
import type { KnownKind } from './known-kind';
import { KUBERNETES } from './kubernetes';
import { NETWORKS } from './networks';
import { POLICIES } from './policies';
import { rowsOf, schemaRowsOf } from './rows';
import { UNLOOKED } from './unlooked';
import { WORKLOADS } from './workloads';
import { WRITERS } from './writers';

/** Every row of the table, by theme. */
export const ROWS: readonly KnownKind[] = [
  ...[KUBERNETES, POLICIES, NETWORKS, WRITERS, BRINGERS, WORKLOADS, INERT].flatMap(rowsOf),
  ...schemaRowsOf(UNLOOKED),
];

/** By group and kind. */
export const KINDS: ReadonlyMap<string, ReadonlyMap<string, KnownKind>> = byGroup(ROWS);

function byGroup(rows: readonly KnownKind[]): ReadonlyMap<string, ReadonlyMap<string, KnownKind>> {
  const groups = new Map<string, Map<string, KnownKind>>();
  for (const row of rows) {
    const kinds = groups.get(row.group);
    if (kinds === undefined) groups.set(row.group, new Map([[row.kind, row]]));
    else kinds.set(row.kind, row);
  }
  return groups;
}
