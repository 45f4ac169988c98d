import { readFileSync } from 'node:fs';
import type { FlowRecord, LogNote } from '../../lib/flow-logs/flow-record';
import { type LogSource, type LogSummary, type ReadingOptions, readLog } from '../../lib/flow-logs/read-log';

export interface WholeLog {
  readonly records: readonly FlowRecord[];
  /** The lines of the records. */
  readonly lines: readonly number[];
  readonly texts: readonly string[];
  readonly notes: readonly LogNote[];
  readonly summary: LogSummary;
}

/** A whole log at once, as a test compares it. */
export async function read(source: LogSource, options: ReadingOptions = {}): Promise<WholeLog> {
  const records: FlowRecord[] = [];
  const lines: number[] = [];
  const texts: string[] = [];
  const notes: LogNote[] = [];
  const summary = await readLog(
    source,
    {
      record: (record, line, text) => {
        records.push(record);
        lines.push(line);
        texts.push(text);
      },
      note: (note) => notes.push(note),
    },
    options,
  );
  return { records, lines, texts, notes, summary };
}

export function sample(format: string): Buffer {
  return readFileSync(`test/flow-logs/logs/${format}.log`);
}

/** The sample log of a format, whose format is recognised. */
export function readSample(format: string): Promise<WholeLog> {
  return read([sample(format)]);
}

/** Milliseconds of 27 November 2026, of which the samples are. */
export function at(time: string): number {
  return Date.parse(`2026-11-27T${time}Z`);
}
