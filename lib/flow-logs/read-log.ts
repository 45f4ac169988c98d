import type { FlowRecord, LineRead, LogFormat, LogNote } from './flow-record';
import { FORMATS } from './formats';
import { FollowedFormat } from './reading/followed-format';
import { Lines } from './reading/lines';
import { type LogSource, plainBytes } from './reading/plain-bytes';

export { filePieces } from './reading/file-pieces';
export type { LogSource } from './reading/plain-bytes';

/** Takes what is read, in the order of the log and while it is read: nothing is kept here. */
export interface LogSink {
  /** `text` is the line that the record was read from, as a sample; it is empty of what was waited for in vain at the end. */
  readonly record: (record: FlowRecord, line: number, text: string) => void;
  readonly note: (note: LogNote) => void;
}

export interface ReadingOptions {
  /** The format, where it is known: then no line is taken for another one. */
  readonly format?: LogFormat;
  /** Told after each piece of the log how far it is; bytes are those of the log as it came, compressed or not. */
  readonly progress?: (progress: LogProgress) => void;
  /** Bytes of the longest line that is read. Default 8 MiB. */
  readonly longestLine?: number;
}

export interface LogProgress {
  readonly bytes: number;
  readonly lines: number;
}

/** What a log was. */
export interface LogSummary extends LogProgress {
  /** The formats in it, in the order of their first lines. */
  readonly formats: readonly LogFormat[];
  readonly records: number;
}

const LONGEST_LINE = 8 * 1024 * 1024;
/** Records of several nodes and of both ends are out of order by less. */
const OUT_OF_ORDER_MS = 10 * 60 * 1000;

/**
 * Reads a log of flows line by line, in memory that does not grow with it. Whatever is in it, it is read or noted; only an
 * error of the source itself is thrown.
 */
export async function readLog(source: LogSource, sink: LogSink, options: ReadingOptions = {}): Promise<LogSummary> {
  const reading = new Reading(sink, options);
  const noteUnread = (what: string) => sink.note({ kind: 'unreadable', what, line: reading.progress.lines + 1 });
  for await (const bytes of plainBytes(counted(source, reading), noteUnread)) {
    reading.push(bytes);
    options.progress?.(reading.progress);
  }
  reading.end();
  return reading.summary;
}

async function* counted(source: LogSource, reading: Reading): AsyncGenerator<Uint8Array | string> {
  for await (const piece of source) {
    reading.arrived(typeof piece === 'string' ? Buffer.byteLength(piece) : piece.byteLength);
    yield piece;
  }
}

class Reading {
  private bytes = 0;
  private lineCount = 0;
  private records = 0;
  private previous = Number.NEGATIVE_INFINITY;
  private previousFormat: LogFormat | undefined;
  private lastLineIsWhole = true;
  private readonly format: FollowedFormat;
  private readonly lines: Lines;

  constructor(
    private readonly sink: LogSink,
    options: ReadingOptions,
  ) {
    const longest = options.longestLine ?? LONGEST_LINE;
    this.format = new FollowedFormat(
      FORMATS,
      (read, line, text, format) => this.take(read, line, text, format),
      options.format,
    );
    this.lines = new Lines(longest, {
      line: (text, isWhole) => this.line(text, isWhole),
      tooLong: () => this.tooLong(longest),
    });
  }

  get progress(): LogProgress {
    return { bytes: this.bytes, lines: this.lineCount };
  }

  get summary(): LogSummary {
    return { ...this.progress, formats: this.format.read, records: this.records };
  }

  arrived(bytes: number): void {
    this.bytes += bytes;
  }

  push(bytes: Buffer): void {
    this.lines.push(bytes);
  }

  end(): void {
    this.lines.end();
    this.format.end(this.lineCount);
  }

  private line(text: string, isWhole: boolean): void {
    this.lastLineIsWhole = isWhole;
    this.format.line(text, ++this.lineCount);
  }

  private tooLong(longest: number): void {
    const what = `it is longer than ${longest} bytes`;
    this.sink.note({ kind: 'unreadable', what, line: ++this.lineCount });
  }

  private take(read: LineRead, line: number, text: string, format?: LogFormat): void {
    for (const note of read.notes) this.sink.note(this.asCutOff(note));
    for (const record of read.records) {
      this.records++;
      if (format !== undefined && !format.isUnordered) this.watchClock(record, line, format);
      this.sink.record(record, line, text);
    }
  }

  /** What cannot be read and is not ended by a newline was cut off, as the last line of a file that is written to is. */
  private asCutOff(note: LogNote): LogNote {
    return note.kind === 'unreadable' && !this.lastLineIsWhole && note.line === this.lineCount
      ? { ...note, what: 'the log ends in the middle of it' }
      : note;
  }

  private watchClock(record: FlowRecord, line: number, format: LogFormat): void {
    const time = record.until ?? record.from;
    if (time === undefined) return;
    if (time < this.previous - OUT_OF_ORDER_MS && format === this.previousFormat) {
      this.sink.note({ kind: 'clock', from: this.previous, to: time, line });
    }
    this.previous = time;
    this.previousFormat = format;
  }
}
