const NEWLINE = 0x0a;
const RETURN = 0x0d;

export interface LineSink {
  /** `isWhole` is false of a last line that no newline ends. */
  readonly line: (text: string, isWhole: boolean) => void;
  /** A line of more bytes than are kept. */
  readonly tooLong: () => void;
}

/**
 * Cuts bytes into lines, however they come in pieces. Each line is decoded by itself: a part of it that somebody keeps
 * holds nothing of the lines around it.
 */
export class Lines {
  private readonly begun: Uint8Array[] = [];
  private length = 0;
  private isTooLong = false;

  constructor(
    private readonly longest: number,
    private readonly sink: LineSink,
  ) {}

  /** The bytes need not last longer than the call. */
  push(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
      this.finish(bytes, start, end, true);
      start = end + 1;
    }
    if (start < bytes.length) this.keep(bytes.subarray(start));
  }

  end(): void {
    if (this.length > 0 || this.isTooLong) this.finish(Buffer.alloc(0), 0, 0, false);
  }

  private keep(bytes: Buffer): void {
    this.length += bytes.length;
    if (this.length > this.longest) {
      this.isTooLong = true;
      this.begun.length = 0;
    }
    // A copy: whoever gives the bytes may use their memory again.
    if (!this.isTooLong) this.begun.push(Buffer.from(bytes));
  }

  private finish(bytes: Buffer, start: number, end: number, isWhole: boolean): void {
    if (this.length === 0 && end - start <= this.longest) {
      this.sink.line(decoded(bytes, start, end), isWhole);
      return;
    }
    this.keep(bytes.subarray(start, end));
    if (this.isTooLong) this.sink.tooLong();
    else {
      const line = Buffer.concat(this.begun);
      this.sink.line(decoded(line, 0, line.length), isWhole);
    }
    this.begun.length = 0;
    this.length = 0;
    this.isTooLong = false;
  }
}

function decoded(bytes: Buffer, start: number, end: number): string {
  return bytes.toString('utf8', start, end > start && bytes[end - 1] === RETURN ? end - 1 : end);
}
