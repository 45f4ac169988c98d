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

const TOKEN = /[{}[\],]|"(?:[^"\\]|\\.)*"(\s*:)?/g;

/** Of text that is JSON: every string in it is one token, and what stands before a colon is a key. */
function keyTwice(json: string): string | undefined {
  const open: Open[] = [];
  for (const [token, colon] of json.matchAll(TOKEN)) {
    const inner = open.at(-1);
    if (token === '{') open.push({ keys: new Set(), at: '' });
    else if (token === '[') open.push({ at: 0 });
    else if (token === '}' || token === ']') open.pop();
    else if (token === ',') {
      if (typeof inner?.at === 'number') inner.at++;
    } else if (colon !== undefined && inner?.keys !== undefined) {
      const key = JSON.parse(token.slice(0, -colon.length)) as string;
      inner.at = key;
      if (inner.keys.has(key)) return pathOf(open);
      inner.keys.add(key);
    }
  }
  return undefined;
}

function pathOf(open: readonly Open[]): string {
  const steps = open.map(({ at }) => {
    if (typeof at === 'number') return `[${at}]`;
    return /^\w+$/.test(at) ? `.${at}` : `[${JSON.stringify(at)}]`;
  });
  return `$${steps.join('')}`;
}
