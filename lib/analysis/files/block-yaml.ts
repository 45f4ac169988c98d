import { isAmbiguous, plainValue } from './plain-value';

/** A document as its text says it. */
export interface BlockDocument {
  readonly object: unknown;
  /** Whether a value in it is another to some readers than to others, see `isAmbiguous`. */
  readonly hasAmbiguous: boolean;
}

/**
 * Reads the YAML that tools of Kubernetes write: maps and lists by indentation, each scalar on the line of its key, as it
 * stands or in quotes. It is several times as fast as a parser, since it goes by lines, and since the same few selectors,
 * peers and ports stand in nearly every policy: a short block is read once, and is one object wherever it stands, so that
 * it is known at sight from then on.
 */
export class BlockYaml {
  /** Short blocks that were read, by the column that they begin in and their text. */
  readonly #shared: Map<string, unknown>[] = [];
  readonly #keys = new KnownKeys();
  #unusual = -1;

  public constructor(private readonly text: string) {}

  /**
   * The document between two positions. Undefined for whatever else YAML has (flow collections, blocks of text, anchors,
   * tags, escapes) and for what is wrong: then a whole parser decides, so that every text has one meaning.
   */
  public read(start: number, end: number): BlockDocument | undefined {
    if (this.#unusualFrom(start) < end) return undefined;
    return new DocumentReader(this.text, end, this.#shared, this.#keys).read(start);
  }

  #unusualFrom(start: number): number {
    if (this.#unusual >= start) return this.#unusual;
    UNUSUAL.lastIndex = start;
    this.#unusual = UNUSUAL.exec(this.text)?.index ?? this.text.length;
    return this.#unusual;
  }
}

/** Tabs, carriage returns and what is not printable: by their place they are spaces, breaks or mistakes. */
const UNUSUAL = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff]/g;

/** The line that a document may begin with, where nothing but a comment stands behind the mark. */
const MARK = /---(?: +#.*| *)$/my;

/** In characters: what is longer is mostly there once. */
const LONGEST_SHARED = 200;

/** What has a name is there once, and so is what it says of itself. */
const NAMED = 'metadata';

/** Deeper than anybody nests, and not as deep as calls can be. */
const DEEPEST = 50;

const NOT_BLOCK = Symbol('no block YAML');

const NEWLINE = code('\n');
const SPACE = code(' ');
const DASH = code('-');
const COLON = code(':');
const HASH = code('#');
const NINE = code('9');

/** Of keys that need no thought; others are left to the parser. */
const IN_KEY = charactersIn(/[\w./-]/);
/** What begins something else than a scalar without quotes; of a dash it depends. */
const BEGINS_OTHER = charactersIn(/[?:,[\]{}#&*!|>'"%@` ]/);

class DocumentReader {
  /** Where the content of a line begins, or what is left of it. */
  private at = 0;
  /** The column of that; -1 behind the last line. */
  private column = 0;
  private depth = 0;
  private isNamed = false;
  private hasAmbiguous = false;

  public constructor(
    private readonly text: string,
    private readonly end: number,
    private readonly shared: Map<string, unknown>[],
    private readonly keys: KnownKeys,
  ) {}

  public read(start: number): BlockDocument | undefined {
    MARK.lastIndex = start;
    if (MARK.test(this.text)) this.toLineBehind(MARK.lastIndex);
    else if (this.text.startsWith('---', start)) return undefined;
    else this.toLineFrom(start);
    const object = this.column < 0 ? null : this.readBlock();
    // What is indented less than the first line belongs to nothing.
    return object === NOT_BLOCK || this.column >= 0 ? undefined : { object, hasAmbiguous: this.hasAmbiguous };
  }

  /** To the next line that has content, from the end of one, or from within it. */
  private toLineBehind(at: number): void {
    const newline = this.text.indexOf('\n', at);
    this.toLineFrom(newline < 0 ? this.end : newline + 1);
  }

  /** To the next line that has content, from the beginning of one. */
  private toLineFrom(start: number): void {
    let line = start;
    while (line < this.end) {
      const at = this.behindSpaces(line);
      if (at < this.end && !this.endsLine(at)) {
        this.at = at;
        this.column = at - line;
        return;
      }
      const newline = this.text.indexOf('\n', at);
      line = newline < 0 ? this.end : newline + 1;
    }
    this.column = -1;
  }

  private behindSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** Behind spaces: whether nothing but a comment follows on the line. */
  private endsLine(at: number): boolean {
    const next = this.text.charCodeAt(at);
    return next === NEWLINE || next === HASH || at >= this.end;
  }

  /** Whether a space or the end of the line is there. */
  private endsWord(at: number): boolean {
    const next = this.text.charCodeAt(at);
    return next === SPACE || next === NEWLINE || at >= this.end;
  }

  private isItem(at: number): boolean {
    return this.text.charCodeAt(at) === DASH && this.endsWord(at + 1);
  }

  /** The map or the list that begins here, which may have been read before. */
  private readShared(): unknown {
    const end = this.isNamed ? -1 : this.endOfShort();
    if (end < 0) return this.readBlock();
    this.shared[this.column] ??= new Map();
    const blocks = this.shared[this.column];
    const text = this.text.slice(this.at, end);
    const known = blocks.get(text);
    if (known !== undefined) {
      this.toLineFrom(end + 1);
      return known;
    }
    const hadAmbiguous = this.hasAmbiguous;
    this.hasAmbiguous = false;
    const block = this.readBlock();
    // Objects of Kubernetes are told apart by being others, also where they lie in another.
    if (block !== NOT_BLOCK && !this.hasAmbiguous && !text.includes('kind:')) blocks.set(text, block);
    this.hasAmbiguous ||= hadAmbiguous;
    return block;
  }

  /** Where the last line ends of the block that begins here; -1 for one of one line, a long one, and one with gaps. */
  private endOfShort(): number {
    const { text, at, column } = this;
    const isList = this.isItem(at);
    let end = text.indexOf('\n', at);
    for (let lines = 1; end >= 0 && end - at <= LONGEST_SHARED; lines++) {
      const next = this.behindSpaces(end + 1);
      if (next < this.end && this.endsLine(next)) return -1;
      const below = next - end - 1;
      if (next >= this.end || below < column || (below === column && this.isItem(next) !== isList))
        return lines > 1 ? end : -1;
      end = text.indexOf('\n', next);
    }
    return -1;
  }

  /** The map or the list that begins here. */
  private readBlock(): unknown {
    if (this.depth === DEEPEST) return NOT_BLOCK;
    this.depth++;
    const block = this.isItem(this.at) ? this.readList() : this.readMap();
    this.depth--;
    return block;
  }

  private readList(): unknown {
    const { column } = this;
    const list: unknown[] = [];
    while (this.column === column && this.isItem(this.at)) {
      const item = this.readItem();
      if (item === NOT_BLOCK || this.column > column) return NOT_BLOCK;
      list.push(item);
    }
    return list;
  }

  private readItem(): unknown {
    const { column } = this;
    const at = this.behindSpaces(this.at + 1);
    if (this.endsLine(at)) {
      this.toLineBehind(at);
      // Of an item with nothing in it, parsers differ.
      return this.column > column ? this.readShared() : NOT_BLOCK;
    }
    this.column += at - this.at;
    this.at = at;
    return this.isItem(at) || this.keyEnd() >= 0 ? this.readShared() : this.readScalar();
  }

  private readMap(): unknown {
    const { column } = this;
    const map: Record<string, unknown> = {};
    while (this.column === column) {
      const end = this.keyEnd();
      const key = end < 0 ? undefined : this.keys.keyIn(this.text, this.at, end);
      // A key that stands twice is the parser's to tell.
      if (key === undefined || Object.hasOwn(map, key)) return NOT_BLOCK;
      const wasNamed = this.isNamed;
      this.isNamed ||= key === NAMED;
      const value = this.readValue(column, end + 1);
      this.isNamed = wasNamed;
      if (value === NOT_BLOCK || this.column > column) return NOT_BLOCK;
      map[key] = value;
    }
    return map;
  }

  /** The end of the key that stands here, where its colon is; -1 for what is no key. */
  private keyEnd(): number {
    const { text, at } = this;
    if (text.charCodeAt(at) === DASH) return -1;
    let end = at;
    while (IN_KEY[text.charCodeAt(end)] === 1) end++;
    return end > at && text.charCodeAt(end) === COLON && this.endsWord(end + 1) ? end : -1;
  }

  /** What stands behind the colon of a key in that column, or below it. */
  private readValue(column: number, from: number): unknown {
    this.at = this.behindSpaces(from);
    if (!this.endsLine(this.at)) return this.readScalar();
    this.toLineBehind(this.at);
    // A list may stand right below its key.
    return this.column > column || (this.column === column && this.isItem(this.at)) ? this.readShared() : null;
  }

  /** The rest of the line. */
  private readScalar(): unknown {
    const { text, at } = this;
    const first = text.charCodeAt(at);
    const isPlain = BEGINS_OTHER[first] !== 1 && !this.isItem(at);
    let lineEnd = at;
    let end = at;
    for (; lineEnd < this.end; lineEnd++) {
      const character = text.charCodeAt(lineEnd);
      if (character === NEWLINE) break;
      if (character === SPACE) continue;
      // A map on the line of its key is none, and a comment is for the parser to cut off.
      if (isPlain && character === COLON && this.endsWord(lineEnd + 1)) return NOT_BLOCK;
      if (isPlain && character === HASH && end < lineEnd) return NOT_BLOCK;
      end = lineEnd + 1;
    }
    this.toLineFrom(lineEnd + 1);
    const written = text.slice(at, end);
    if (!isPlain) return quotedOrEmpty(written);
    const value = plainValue(written);
    if ((typeof value !== 'string' || first <= NINE) && isAmbiguous(written)) this.hasAmbiguous = true;
    return value;
  }
}

function quotedOrEmpty(text: string): unknown {
  if (text === '{}') return {};
  if (text === '[]') return [];
  const quote = text[0];
  const isQuoted = (quote === '"' || quote === "'") && text.length > 1 && text.indexOf(quote, 1) === text.length - 1;
  return isQuoted && !(quote === '"' && text.includes('\\')) ? text.slice(1, -1) : NOT_BLOCK;
}

const MOST_KNOWN = 1024;

/** Keys of one text, by their ends and their length: nearly all are of a few hundred, and none is cut out twice. */
class KnownKeys {
  readonly #keys: string[] = [];

  /** Undefined for one that is no text to everybody (`8080`, `on`), or that an object takes for something else. */
  public keyIn(text: string, start: number, end: number): string | undefined {
    const length = end - start;
    const slot = (text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + length) % MOST_KNOWN;
    const known = this.#keys[slot];
    if (known !== undefined && known.length === length && text.startsWith(known, start)) return known;
    const key = text.slice(start, end);
    if (typeof plainValue(key) !== 'string' || isAmbiguous(key) || key === '__proto__') return undefined;
    this.#keys[slot] = key;
    return key;
  }
}

function code(character: string): number {
  return character.charCodeAt(0);
}

/** Which of the characters of ASCII the pattern has. */
function charactersIn(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, i) => (pattern.test(String.fromCharCode(i)) ? 1 : 0));
}
