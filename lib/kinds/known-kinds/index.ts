// The table of kinds: what every kind of object is to us, one line a kind, in files by theme. It is loaded when a kind is
// first asked for, so that whoever imports the package does not wait for it.
import type { KnownKind } from './known-kind';
import type * as Table from './table';

export type { Certainty, KindClass, KnownKind, Scope } from './known-kind';

/** What the kind is; undefined for one that is not in the table. */
export function knownKind(group: string, kind: string): KnownKind | undefined {
  return table().KINDS.get(group)?.get(kind);
}

/** Every row of the table. */
export function knownKinds(): readonly KnownKind[] {
  return table().ROWS;
}

// Kept here, since it is asked for with every object, and `require` looks a module up each time.
let loaded: typeof Table | undefined;

function table(): typeof Table {
  loaded ??= require('./table') as typeof Table;
  return loaded;
}
