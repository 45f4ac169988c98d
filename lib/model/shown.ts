const LONGEST = 80;

/**
 * A value in a few words, for a sentence about it: what it says where it is short, else what it is. Total: whatever a
 * program hands over, also what throws when it is looked at.
 */
export function shown(value: unknown): string {
  try {
    return words(value);
  } catch {
    return 'a value that cannot be read';
  }
}

function words(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return shortenedText(value);
    case 'bigint':
      return shortened(`${value}n`);
    case 'symbol':
      return 'a symbol';
    case 'function':
      return value.name === '' ? 'a function' : shortened(`the function ${value.name}`);
    case 'object':
      return value === null ? 'null' : objectWords(value);
    default:
      return String(value);
  }
}

/** Text in quotes, which are closed where it is cut too. */
function shortenedText(value: string): string {
  const quoted = JSON.stringify(value);
  return quoted.length <= LONGEST ? quoted : `${quoted.slice(0, LONGEST - 2)}…"`;
}

function objectWords(value: object): string {
  if (Array.isArray(value)) return listWords(value);
  const kind: unknown = value.constructor?.name;
  if (typeof kind !== 'string' || kind === 'Object' || kind === '') return keysOf(value);
  return shortened(`an object of class ${kind}`);
}

function listWords(list: readonly unknown[]): string {
  if (list.length === 0) return '[]';
  return list.length === 1 ? 'a list with one entry' : `a list with ${list.length} entries`;
}

function keysOf(value: object): string {
  const keys = Object.keys(value);
  return keys.length === 0 ? '{}' : shortened(`an object with ${keys.join(', ')}`);
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
