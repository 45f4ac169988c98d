import type { LineRead, LogFormat, LogReader } from '../flow-record';
import { NOTHING, unreadable } from './line-read';
import { whyUnrecognised } from './near-formats';

/** Takes what was read of a line, which may be an earlier one that waited for its format. */
export type TakeRead = (read: LineRead, line: number, text: string, format?: LogFormat) => void;

/** Lines that wait until one of them shows what they are. */
const MOST_WAITING = 100;
const MOST_CHARACTERS_WAITING = 4_000_000;

/**
 * Reads lines of a format that is recognised by the lines themselves. A line that is certainly of another format than the
 * one before makes that the format from there on, so that logs which were put together are read; each format keeps its
 * reader, and with it what it waits for.
 */
export class FollowedFormat {
  private readonly readers = new Map<LogFormat, LogReader>();
  private waiting: { readonly text: string; readonly line: number }[] = [];
  private charactersWaiting = 0;
  private current: LogFormat | undefined;

  /** `told` is the format where somebody says what it is: then no line is taken for another. */
  constructor(
    private readonly formats: readonly LogFormat[],
    private readonly take: TakeRead,
    private readonly told?: LogFormat,
  ) {
    this.current = told;
  }

  /** Those of which lines were read. */
  get read(): readonly LogFormat[] {
    return [...this.readers.keys()];
  }

  line(text: string, line: number): void {
    if (this.current === undefined) this.unrecognised(text, line);
    else this.takeAs(this.current, text, line);
  }

  end(line: number): void {
    this.settleWaiting(this.likeliest());
    for (const [format, reader] of this.readers) this.take(reader.end(), line, '', format);
  }

  private takeAs(format: LogFormat, text: string, line: number): void {
    if (isBlank(text)) return;
    const read = this.readerOf(format).line(text, line);
    const other = this.told === undefined && saysNothing(read) ? this.otherFormat(format, text) : undefined;
    if (other === undefined) {
      this.take(read, line, text, format);
      return;
    }
    this.current = other;
    this.take({ records: NOTHING.records, notes: [{ kind: 'format', format: other.name, line }] }, line, text, other);
    this.take(this.readerOf(other).line(text, line), line, text, other);
  }

  private otherFormat(than: LogFormat, text: string): LogFormat | undefined {
    return this.formats.find((format) => format !== than && format.recognises(text) === 2);
  }

  private readerOf(format: LogFormat): LogReader {
    const known = this.readers.get(format);
    if (known !== undefined) return known;
    const reader = format.reader();
    this.readers.set(format, reader);
    return reader;
  }

  private unrecognised(text: string, line: number): void {
    if (isBlank(text)) return;
    const certain = this.formats.find((format) => format.recognises(text) === 2);
    if (certain !== undefined) {
      this.settleWaiting(certain);
      this.current = certain;
      this.takeAs(certain, text, line);
      return;
    }
    this.waiting.push({ text, line });
    this.charactersWaiting += text.length;
    if (this.waiting.length > MOST_WAITING || this.charactersWaiting > MOST_CHARACTERS_WAITING) {
      this.settleWaiting(this.likeliest());
    }
  }

  /** The format that most of the waiting lines may be of. */
  private likeliest(): LogFormat | undefined {
    let likeliest: LogFormat | undefined;
    let most = 0;
    for (const format of this.formats) {
      const lines = this.waiting.filter(({ text }) => format.recognises(text) > 0).length;
      if (lines > most) [likeliest, most] = [format, lines];
    }
    return likeliest;
  }

  private settleWaiting(format: LogFormat | undefined): void {
    const lines = this.waiting;
    this.waiting = [];
    this.charactersWaiting = 0;
    for (const { text, line } of lines) {
      if (format === undefined) this.take(unreadable(whyUnrecognised(text), line), line, text);
      else this.takeAs(format, text, line);
    }
    this.current ??= format;
  }
}

function isBlank(text: string): boolean {
  return text.charCodeAt(0) > 0x20 ? false : text.trim() === '';
}

/** No flow and no gap, but a remark that something else was there. */
function saysNothing({ records, notes }: LineRead): boolean {
  return records.length === 0 && notes.some(({ kind }) => kind === 'unreadable' || kind === 'passed-over');
}
