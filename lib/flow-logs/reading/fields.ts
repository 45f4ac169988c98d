/** An object as JSON has it: any key may be absent, and any value of any type. */
export type Fields = Readonly<Record<string, unknown>>;

const NO_LIST: readonly unknown[] = [];
const HIGHEST_PORT = 65535;

/** The object that a line is in JSON; undefined where it is something else, or no JSON. */
export function objectOfLine(line: string): Fields | undefined {
  // A line that cannot be an object costs no exception.
  if (!beginsObject(line)) return undefined;
  try {
    return fieldsOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

export function beginsObject(line: string): boolean {
  const first = line.charCodeAt(0);
  return first === 0x7b || (first <= 0x20 && line.trimStart().startsWith('{'));
}

export function fieldsOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_LIST;
}

/** A text that is not empty: logs write an empty one for what they do not know. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The texts of a list; undefined where there are none. */
export function textsOf(value: unknown): readonly string[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = value.filter((one): one is string => typeof one === 'string' && one !== '');
  return texts.length === 0 ? undefined : texts;
}

/** A whole number of 0 or more, which JSON made from protocol buffers writes as a text where it has 64 bits. */
export function countOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,19}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && number >= 0 && Number.isInteger(number) ? number : undefined;
}

/** A port number; 0 is none. */
export function portOf(value: unknown): number | undefined {
  const number = countOf(value);
  return number === undefined || number === 0 || number > HIGHEST_PORT ? undefined : number;
}
