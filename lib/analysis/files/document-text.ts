/** One document of a YAML stream: a part of its text. */
export class DocumentText {
  public constructor(
    private readonly stream: Stream,
    private readonly start: number,
    private readonly end: number,
  ) {}

  public get text(): string {
    return this.stream.text.slice(this.start, this.end);
  }

  /** Line of the file that the text begins in, from 1. */
  public get line(): number {
    return this.stream.lineAt(this.start);
  }
}

const MARKER = /^(?:---|\.\.\.)(?=\s|$)/gm;

/**
 * The documents of a stream. `---` at the beginning of a line begins one, `...` ends one, and nothing else does: scalars of
 * several lines can hold neither there (YAML 1.2, 9.1.2). What no `---` begins is a document only if something is in it,
 * or if `...` ends it, which parsers take for one without anything.
 */
export function documentTexts(text: string): DocumentText[] {
  const stream = new Stream(text);
  const parts: DocumentText[] = [];
  let start = 0;
  let isBegun = false;
  const endAt = (end: number) => parts.push(new DocumentText(stream, start, end));
  for (const { index, 0: marker } of text.matchAll(MARKER)) {
    const isBeginning = marker === '---';
    const end = isBeginning ? index : index + marker.length;
    if (!isBeginning || isBegun || hasContent(text.slice(start, index))) endAt(end);
    start = end;
    isBegun = isBeginning;
  }
  if (isBegun || parts.length === 0 || hasContent(text.slice(start))) endAt(text.length);
  return parts;
}

/** Anything but comments and directives. */
function hasContent(text: string): boolean {
  return /^[^#%\s]/m.test(text) || /^[ \t]+[^#\s]/m.test(text);
}

/** Lines are asked for where something is to be said of one, and mostly nothing is. */
class Stream {
  #lineStarts: readonly number[] | undefined;

  public constructor(public readonly text: string) {}

  /** The line of a position, from 1. */
  public lineAt(position: number): number {
    this.#lineStarts ??= lineStartsOf(this.text);
    const starts = this.#lineStarts;
    let low = 0;
    let high = starts.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (starts[middle] <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function lineStartsOf(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
