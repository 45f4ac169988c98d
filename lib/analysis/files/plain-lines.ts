/** A field or an item of a list: where it begins, and what is in it. */
export interface Placed {
  /** From 1. */
  readonly line: number;
  readonly fields?: ReadonlyMap<string, Placed>;
  readonly items?: readonly Placed[];
}

/**
 * Where everything stands in YAML that is written as programs write it: in blocks, a field or an item a line. Undefined for
 * any other, which takes a parser of the whole language, and that some twenty times as long: for lists in brackets, plain
 * text of several lines, tags. The text is YAML that was read, so that what is wrong in it need not be noticed.
 */
export function plainLines(text: string): Placed | undefined {
  if (text.includes('\r') || text.includes('\t')) return undefined;
  const lines = new Lines();
  let number = 0;
  for (const line of text.split('\n')) if (!lines.add(line, ++number)) return undefined;
  return lines.done();
}

/** A place whose value is not wholly read. */
interface Growing {
  /** 0 where it begins on a line below: an item of which only the anchor has been read. */
  line: number;
  /** Nothing is below it: its value has been read. */
  isWhole: boolean;
  fields?: Map<string, Growing>;
  items?: Growing[];
}

/** The fields of an object or the items of a list, which all begin in one column. */
interface Open {
  readonly column: number;
  readonly place: Growing;
  /** What began in it last. */
  last?: Growing;
}

const COMMENT = /^ *(?:#.*)?$/;

const SEPARATOR = /^--- *(?:#.*)?$/;

const FIELD = /^([A-Za-z_](?:[\w./-]|:(?=\S))*):(?: +|$)/;

/** Keys that are no text to YAML. */
const NO_TEXT = /^(?:null|true|false)$/i;

const ANCHOR = /^&[\w-]+(?: +|$)/;

const TEXT_BELOW = /^[|>][\d+-]*(?: +#.*)?$/;

/** A value that ends on its line: plain text, which no character of YAML's grammar begins, quoted text, nothing, an alias. */
const ON_ONE_LINE =
  /^(?:(?:[^\s?:,[\]{}#&*!|>'"%@`-]|-\S)(?:[^:]|:(?=\S))*|(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|\{\}|\[\]|\*[\w-]+) *(?: #.*)?)$/;

/** The lines up to one, each `add`ed in its turn. */
class Lines {
  readonly #open: Open[] = [];
  #root: Growing | undefined;
  /** Of the field or item whose text stands on the lines below it, as long as these are deeper in. */
  #textOf: number | undefined;

  /** Whether the line is written plainly. */
  add(line: string, number: number): boolean {
    const column = line.search(/[^ ]/);
    if (this.#textOf !== undefined) {
      if (column < 0 || column > this.#textOf) return true;
      this.#textOf = undefined;
    }
    if (COMMENT.test(line) || (this.#root === undefined && SEPARATOR.test(line))) return true;
    this.#root ??= { line: number, isWhole: false };
    return this.#addEntry(line.slice(column), column, number);
  }

  done(): Placed | undefined {
    return this.#open.some(isAwaited) ? undefined : this.#root;
  }

  /** `- - name: x` begins a list, a list in it, and an object in that. */
  #addEntry(text: string, column: number, number: number): boolean {
    if (text.startsWith('- ')) {
      const item = this.#begun('items', column, number);
      if (item === undefined) return false;
      const inner = 1 + text.slice(1).search(/[^ ]/);
      const rest = text.slice(inner);
      if (inner > 0 && (rest.startsWith('- ') || FIELD.test(rest))) return this.#addEntry(rest, column + inner, number);
      return inner > 0 && this.#addValue(rest, item, column, true);
    }
    const [head, key] = FIELD.exec(text) ?? [];
    if (head === undefined || key === undefined || NO_TEXT.test(key)) return false;
    const field = this.#begun('fields', column, number, key);
    return field !== undefined && this.#addValue(text.slice(head.length), field, column, false);
  }

  #addValue(text: string, place: Growing, column: number, isItem: boolean): boolean {
    const value = text.replace(ANCHOR, '');
    if (value === '' || value.startsWith('#')) {
      if (isItem) place.line = 0;
      return true;
    }
    if (value !== text && FIELD.test(value)) return false;
    place.isWhole = true;
    if (!TEXT_BELOW.test(value)) return ON_ONE_LINE.test(value);
    this.#textOf = column;
    return true;
  }

  /** Another field or item in the column; undefined where none can begin. */
  #begun(kind: 'fields' | 'items', column: number, line: number, key = ''): Growing | undefined {
    const open = this.#opened(kind, column, line);
    if (open === undefined || isAwaited(open)) return undefined;
    const { fields, items } = open.place;
    if (fields?.has(key)) return undefined;
    const begun = { line, isWhole: false };
    fields?.set(key, begun);
    items?.push(begun);
    open.last = begun;
    return begun;
  }

  /** What is open in the column, or is opened there in what began last; what is deeper in ends before it. */
  #opened(kind: 'fields' | 'items', column: number, line: number): Open | undefined {
    while ((this.#top()?.column ?? -1) > column) if (isAwaited(this.#open.pop())) return undefined;
    // Items may stand in the column of the field that holds them, and another field ends them.
    if (kind === 'fields' && this.#top()?.column === column && this.#top()?.place.items !== undefined) {
      if (isAwaited(this.#open.pop())) return undefined;
    }
    const top = this.#top();
    if (top?.column === column && (kind === 'fields' || top.place.items !== undefined)) return top;
    const place = top === undefined ? this.#root : top.last;
    if (place === undefined || place.isWhole || place.fields !== undefined || place.items !== undefined)
      return undefined;
    if (kind === 'fields') place.fields = new Map();
    else place.items = [];
    if (place.line === 0) place.line = line;
    const open = { column, place };
    this.#open.push(open);
    return open;
  }

  #top(): Open | undefined {
    return this.#open[this.#open.length - 1];
  }
}

function isAwaited(open: Open | undefined): boolean {
  return open?.last?.line === 0;
}
