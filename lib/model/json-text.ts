/** What a text of JSON says, and the first key that stands in it twice. */
export interface JsonText {
  readonly value: unknown;
  /** Where it stands, such as `$.flows[0].to.kind`: which of its values counts depends on who reads it (RFC 8259, 4). */
  readonly twice?: string;
}

/**
 * Reads JSON, with a byte order mark or without: editors on Windows write one, and RFC 8259 (8.1) lets readers pass over it.
 *
 * @throws SyntaxError for what is no JSON.
 */
export function readJson(text: string): JsonText {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const value: unknown = JSON.parse(json);
  const twice = keyTwice(json);
  return twice === undefined ? { value } : { value, twice };
}

/** An object or a list that is open where the text is read. */
interface Open {
  /** Absent in a list. */
  readonly keys?: Set<string>;
  /** The key or the position that the next value has. */
  at: string | number;
}

/** What JSON is made of, but for numbers and words; of a string, where it begins. */
const TOKEN = /[{}[\],"]/g;
const COLON = /\s*:/y;

/** Of text that is JSON: what stands before a colon is a key. */
function keyTwice(json: string): string | undefined {
  const open: Open[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(json); found !== null; found = TOKEN.exec(json)) {
    const [token] = found;
    const inner = open.at(-1);
    if (token === '{') open.push({ keys: new Set(), at: '' });
    else if (token === '[') open.push({ at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (typeof inner?.at === 'number') inner.at++;
    } else {
      const end = endOfString(json, found.index);
      TOKEN.lastIndex = end;
      COLON.lastIndex = end;
      if (inner?.keys === undefined || !COLON.test(json)) continue;
      const key = JSON.parse(json.slice(found.index, end)) as string;
      inner.at = key;
      if (inner.keys.has(key)) return pathOf(open);
      inner.keys.add(key);
    }
  }
  return undefined;
}

/** Behind the quote that ends it: the first before which stands no backslash, or a pair of them. */
function endOfString(json: string, start: number): number {
  for (let at = json.indexOf('"', start + 1); ; at = json.indexOf('"', at + 1)) {
    let first = at;
    while (json[first - 1] === '\\') first--;
    if ((at - first) % 2 === 0) return at + 1;
  }
}

function pathOf(open: readonly Open[]): string {
  const steps = open.map(({ at }) => {
    if (typeof at === 'number') return `[${at}]`;
    return /^\w+$/.test(at) ? `.${at}` : `[${JSON.stringify(at)}]`;
  });
  return `$${steps.join('')}`;
}
