import type { FlowRecord, LineRead } from '../flow-record';

/** Nothing to say about a line: it is empty, or half of a record. */
export const NOTHING: LineRead = { records: [], notes: [] };

export function readAs(...records: readonly FlowRecord[]): LineRead {
  return { records, notes: NOTHING.notes };
}

export function unreadable(what: string, line: number): LineRead {
  return { records: NOTHING.records, notes: [{ kind: 'unreadable', what, line }] };
}

export function passedOver(what: string, line: number): LineRead {
  return { records: NOTHING.records, notes: [{ kind: 'passed-over', what, line }] };
}
