import type { FlowRecord } from '../flow-record';

const BY_NAME_OR_NUMBER = new Map<string, FlowRecord['protocol']>([
  ['TCP', 'TCP'],
  ['UDP', 'UDP'],
  ['SCTP', 'SCTP'],
  ['6', 'TCP'],
  ['17', 'UDP'],
  ['132', 'SCTP'],
]);

/** A protocol by its name in any case, or by its number; `other` for what policies do not know, undefined where none is said. */
export function protocolOf(value: unknown): FlowRecord['protocol'] {
  const name = typeof value === 'number' ? String(value) : value;
  if (typeof name !== 'string' || name === '') return undefined;
  return BY_NAME_OR_NUMBER.get(name) ?? BY_NAME_OR_NUMBER.get(name.toUpperCase()) ?? 'other';
}
