import { isAmbiguous, plainValue } from './plain-value';

/** A document as its text says it. */
export interface BlockDocument {
  readonly object: unknown;
  /** Whether a value in it is another to some readers than to others, see `isAmbiguous`. */
  readonly hasAmbiguous: boolean;
}

/**
 * Short blocks that were read, by the column that they begin in and their text. The same few selectors, peers and ports stand
 * in nearly every policy: each is read once, and is one object wherever it stands, so that it is known at sight from then on.
 */
export class SharedBlocks {
  readonly #byColumn: Map<string, unknown>[] = [];

  public at(column: number): Map<string, unknown> {
    const known = this.#byColumn[column];
    if (known !== undefined) return known;
    const blocks = new Map<string, unknown>();
    this.#byColumn[column] = blocks;
    return blocks;
  }
}

/**
 * Reads one document of the YAML that tools of Kubernetes write: maps and lists by indentation, each scalar on the line of
 * its key, as it stands or in quotes. Undefined for whatever else YAML has (flow collections, blocks of text, anchors,
 * tags, escapes) and for what is wrong: then a whole parser decides, so that every text has one meaning. It is some three
 * times as fast as one, since it goes by lines.
 *
 * @param shared what was read of other documents.
 */
export function readBlockYaml(text: string, shared = new SharedBlocks()): BlockDocument | undefined {
  if (UNUSUAL.test(text)) return undefined;
  return new BlockReader(text, shared).read();
}

/** Tabs, carriage returns and what is not printable: by their place they are spaces, breaks or mistakes. */
const UNUSUAL = /[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff]/;

/** The line that a document may begin with, where nothing but a comment stands behind the mark. */
const MARK = /---(?: +#[^\n]*| *)(?=\n|$)/y;

/** In characters: what is longer is mostly there once. */
const LONGEST_SHARED = 200;

/** What has a name is there once. */
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
/** What a scalar without quotes cannot begin with, and what begins something else; for a dash it depends. */
const BEGINS_OTHER = charactersIn(/[?:,[\]{}#&*!|>'"%@` ]/);

class BlockReader {
  /** Where the content of a line begins, or what is left of it. */
  private at = 0;
  /** The column of that; -1 behind the last line. */
  private column = 0;
  private depth = 0;
  private hasAmbiguous = false;

  public constructor(
    private readonly text: string,
    private readonly shared: SharedBlocks,
  ) {}

  public read(): BlockDocument | undefined {
    MARK.lastIndex = 0;
    const isMarked = MARK.test(this.text);
    if (!isMarked && this.text.startsWith('---')) return undefined;
    if (isMarked) this.nextLine(MARK.lastIndex);
    else this.lineFrom(0);
    const object = this.column < 0 ? null : this.readBlock();
    // What is indented less than the first line belongs to nothing.
    return object === NOT_BLOCK || this.column >= 0 ? undefined : { object, hasAmbiguous: this.hasAmbiguous };
  }

  /** To the content of the next line that has some, from the end of one. */
  private nextLine(end: number): void {
    const newline = this.text.indexOf('\n', end);
    if (newline < 0) this.column = -1;
    else this.lineFrom(newline + 1);
  }

  private lineFrom(start: number): void {
    const { text } = this;
    let line = start;
    for (;;) {
      const at = this.behindSpaces(line);
      if (at >= text.length) {
        this.column = -1;
        return;
      }
      const first = text.charCodeAt(at);
      if (first !== NEWLINE && first !== HASH) {
        this.at = at;
        this.column = at - line;
        return;
      }
      line = text.indexOf('\n', at) + 1;
      if (line === 0) line = text.length;
    }
  }

  private behindSpaces(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === SPACE) at++;
    return at;
  }

  /** The map or the list that begins here, which may have been read before. */
  private readShared(): unknown {
    const { at, column } = this;
    const end = this.endOfShort();
    if (end < 0) return this.readBlock();
    const blocks = this.shared.at(column);
    const text = this.text.slice(at, end);
    const known = blocks.get(text);
    if (known !== undefined) {
      this.nextLine(end);
      return known;
    }
    const before = this.hasAmbiguous;
    this.hasAmbiguous = false;
    const block = this.readBlock();
    // Objects are told apart by being others, also where one lies in another.
    if (block !== NOT_BLOCK && !this.hasAmbiguous && !text.includes('kind:')) blocks.set(text, block);
    this.hasAmbiguous ||= before;
    return block;
  }

  /** Where the block ends that begins here; -1 for one that is long, or has lines in it that say nothing. */
  private endOfShort(): number {
    const { text, at, column } = this;
    const isList = this.isItemAt(at);
    let end = text.indexOf('\n', at);
    while (end >= 0 && end - at <= LONGEST_SHARED) {
      const next = this.behindSpaces(end + 1);
      if (next >= text.length) return end;
      if (this.endsLine(next)) return -1;
      const nextColumn = next - end - 1;
      if (nextColumn < column || (nextColumn === column && this.isItemAt(next) !== isList)) return end;
      end = text.indexOf('\n', next);
    }
    return -1;
  }

  /** The map or the list that begins here. */
  private readBlock(): unknown {
    if (this.depth === DEEPEST) return NOT_BLOCK;
    this.depth++;
    const block = this.isItem() ? this.readList() : this.readMap();
    this.depth--;
    return block;
  }

  private isItem(): boolean {
    return this.isItemAt(this.at);
  }

  private isItemAt(at: number): boolean {
    return this.text.charCodeAt(at) === DASH && this.endsWord(at + 1);
  }

  /** Whether a space, the end of the line or that of the text is there. */
  private endsWord(at: number): boolean {
    const next = this.text.charCodeAt(at);
    return next === SPACE || next === NEWLINE || at >= this.text.length;
  }

  private readList(): unknown {
    const { column } = this;
    const list: unknown[] = [];
    while (this.column === column && this.isItem()) {
      const item = this.readItem(column);
      if (item === NOT_BLOCK || this.column > column) return NOT_BLOCK;
      list.push(item);
    }
    return list;
  }

  private readItem(column: number): unknown {
    const at = this.behindSpaces(this.at + 1);
    if (this.endsLine(at)) {
      this.nextLine(at);
      // Of an item with nothing in it, parsers differ.
      return this.column > column ? this.readShared() : NOT_BLOCK;
    }
    this.column += at - this.at;
    this.at = at;
    return this.isItem() || this.keyEnd() >= 0 ? this.readShared() : this.readScalar();
  }

  private readMap(): unknown {
    const { column } = this;
    const map: Record<string, unknown> = {};
    while (this.column === column) {
      const end = this.keyEnd();
      const key = end < 0 ? undefined : keyIn(this.text, this.at, end);
      // A key that stands twice is the parser's to tell.
      if (key === undefined || Object.hasOwn(map, key)) return NOT_BLOCK;
      const value = this.readValue(column, end + 1, key !== NAMED);
      if (value === NOT_BLOCK || this.column > column) return NOT_BLOCK;
      map[key] = value;
    }
    return map;
  }

  /** The end of the key that stands here, where its colon is; -1 for what is no key. */
  private keyEnd(): number {
    const { text } = this;
    let end = this.at;
    if (text.charCodeAt(end) === DASH) return -1;
    while (isIn(IN_KEY, text.charCodeAt(end))) end++;
    return end > this.at && text.charCodeAt(end) === COLON && this.endsWord(end + 1) ? end : -1;
  }

  /** What stands behind the colon, or below. */
  private readValue(column: number, from: number, mayBeShared: boolean): unknown {
    this.at = this.behindSpaces(from);
    if (!this.endsLine(this.at)) return this.readScalar();
    this.nextLine(this.at);
    // A list may stand right below its key.
    if (this.column < column || (this.column === column && !this.isItem())) return null;
    return mayBeShared ? this.readShared() : this.readBlock();
  }

  /** Behind spaces: whether nothing but a comment follows on the line. */
  private endsLine(at: number): boolean {
    const next = this.text.charCodeAt(at);
    return next === NEWLINE || next === HASH || at >= this.text.length;
  }

  /** The rest of the line. */
  private readScalar(): unknown {
    const { text, at } = this;
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    let end = lineEnd;
    while (text.charCodeAt(end - 1) === SPACE) end--;
    this.nextLine(lineEnd);
    const first = text.charCodeAt(at);
    if (isIn(BEGINS_OTHER, first)) return quotedOrEmpty(text.slice(at, end));
    if (first === DASH && this.endsWord(at + 1)) return NOT_BLOCK;
    for (let i = at; i < end; i++) {
      const character = text.charCodeAt(i);
      const isMapOrComment =
        (character === COLON && (i + 1 === end || text.charCodeAt(i + 1) === SPACE)) ||
        (character === HASH && text.charCodeAt(i - 1) === SPACE);
      if (isMapOrComment) return NOT_BLOCK;
    }
    const plain = text.slice(at, end);
    const value = plainValue(plain);
    if ((typeof value !== 'string' || first <= NINE) && isAmbiguous(plain)) this.hasAmbiguous = true;
    return value;
  }
}

function quotedOrEmpty(text: string): unknown {
  if (text === '{}') return {};
  if (text === '[]') return [];
  const quote = text[0];
  const isQuoted = (quote === '"' || quote === "'") && text.indexOf(quote, 1) === text.length - 1 && text.length > 1;
  return isQuoted && !(quote === '"' && text.includes('\\')) ? text.slice(1, -1) : NOT_BLOCK;
}

/** Keys that were read, by their ends and their length: nearly all are of a few hundred, and none is cut out twice. */
const knownKeys: string[] = [];
const MOST_KNOWN = 1024;

/** Undefined for one that is no text to everybody (`8080`, `on`), or that an object takes for something else. */
function keyIn(text: string, start: number, end: number): string | undefined {
  const length = end - start;
  const slot = (text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + length) % MOST_KNOWN;
  const known = knownKeys[slot];
  if (known !== undefined && known.length === length && text.startsWith(known, start)) return known;
  const key = text.slice(start, end);
  if (typeof plainValue(key) !== 'string' || isAmbiguous(key) || key === '__proto__') return undefined;
  knownKeys[slot] = key;
  return key;
}

function code(character: string): number {
  return character.charCodeAt(0);
}

/** Which of the characters of ASCII the pattern has. */
function charactersIn(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, i) => (pattern.test(String.fromCharCode(i)) ? 1 : 0));
}

function isIn(characters: Uint8Array, character: number): boolean {
  return characters[character] === 1;
}
