/** Text of TypeScript, put together. */

/** A string as code says it, in single quotes. */
export function quoted(text: string): string {
  const inside = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'");
  return `'${inside}'`;
}

/** `{ a: 1, b: 2 }`, over several lines where one is too long. */
export function object(fields: readonly (readonly [string, string])[], indent = ''): string {
  if (fields.length === 0) return '{}';
  const parts = fields.map(([key, value]) => (key === value ? key : `${key}: ${value}`));
  const line = `{ ${parts.join(', ')} }`;
  if (indent.length + line.length <= WIDTH && !line.includes('\n')) return line;
  return `{\n${parts.map((part) => `${indent}  ${part},\n`).join('')}${indent}}`;
}

export function list(items: readonly string[]): string {
  return `[${items.join(', ')}]`;
}

/** So many characters a line has at most, where it can be broken. */
export const WIDTH = 110;

/** A key of an object, quoted where it is no name. */
export function key(text: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(text) ? text : quoted(text);
}

/** A name of TypeScript for a name of Kubernetes: `aiDataWeaviate` of `ai-data/weaviate`. */
export function identifier(text: string): string {
  const [first = '', ...others] = text.split(/[^A-Za-z0-9]+/).filter(Boolean);
  const joined = [first, ...others.map((part) => part[0].toUpperCase() + part.slice(1))].join('');
  return /^[0-9]/.test(joined) || RESERVED.has(joined) ? `_${joined}` : joined;
}

const RESERVED = new Set(
  'break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try typeof var void while with yield let static await async implements interface package private protected public'.split(
    ' ',
  ),
);

/** A comment of one line. */
export function comment(text: string): string {
  return `// ${text.replace(/\s+/g, ' ').trim()}`;
}
