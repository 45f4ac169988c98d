import { type Problem, ZeroTrustError } from '../model/problem';
import { shallowJson } from '../model/shallow-json';

/** A JSON value and where it stands in its document, so that what is wrong with it can be said with its place. */
export interface JsonPart {
  readonly value: unknown;
  /** Such as `$.flows[0].to.kind`. */
  readonly path: string;
}

type Fields = Readonly<Record<string, JsonPart>>;

/** The fields of an object that has all `required` ones, perhaps some `optional` ones, and no other. */
export function fields<R extends string, O extends string = never>(
  part: JsonPart,
  required: readonly R[],
  optional: readonly O[] = [],
): Readonly<Record<R, JsonPart>> & Readonly<Partial<Record<O, JsonPart>>> {
  const object = objectOf(part);
  const known: readonly string[] = [...required, ...optional];
  const missing = required.filter((name) => !(name in object));
  const unknown = Object.keys(object).filter((name) => !known.includes(name));
  const problems = [
    ...missing.map((name) => problem(part.path, `the field ${JSON.stringify(name)} is missing`, known.join(', '))),
    ...unknown.map((name) => problem(part.path, `there is no field ${JSON.stringify(name)} here`, known.join(', '))),
  ];
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return object as ReturnType<typeof fields<R, O>>;
}

/** The field that says which kind of object this is; the rest is for the reader of that kind. */
export function kindOf<K extends string>(part: JsonPart, kinds: readonly K[]): K {
  const { kind } = objectOf(part);
  if (kind) return oneOf(kind, kinds);
  throw refused(part, 'the field "kind" is missing', kinds.join(', '));
}

/** The items of a list; an optional one that is left out has none. */
export function list<T>(part: JsonPart | undefined, read: (item: JsonPart) => T): T[] {
  if (part === undefined) return [];
  if (!Array.isArray(part.value)) throw refused(part, `this is ${typeName(part.value)}`, 'a list');
  return part.value.map((value, index) => read({ value, path: `${part.path}[${index}]` }));
}

/** An object whose field names are free. */
export function record<T>(part: JsonPart, read: (item: JsonPart) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(objectOf(part)).map(([name, item]) => [name, read(item)]));
}

export function text(part: JsonPart): string {
  if (typeof part.value !== 'string') throw refused(part, `this is ${typeName(part.value)}`, 'a string');
  return part.value;
}

export function oneOf<K extends string>(part: JsonPart, allowed: readonly K[]): K {
  const found = allowed.find((candidate) => candidate === part.value);
  if (found !== undefined) return found;
  throw refused(part, `there is no ${shown(part.value)} here`, allowed.join(', '));
}

/** What `make` gives; if it refuses the value, the refusal says where the value stands. */
export function made<T>(part: JsonPart, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof ZeroTrustError ? error.at(part.path) : error;
  }
}

export function refused(part: JsonPart, what: string, allowed: string): ZeroTrustError {
  return new ZeroTrustError({ ...problem(part.path, what, allowed), value: shown(part.value) });
}

function problem(where: string, what: string, allowed: string): Problem {
  return { rule: 'policy-graph-json', where, what, allowed };
}

function objectOf(part: JsonPart): Fields {
  if (typeName(part.value) !== 'an object') throw refused(part, `this is ${typeName(part.value)}`, 'an object');
  return Object.fromEntries(
    Object.entries(part.value as object).map(([name, value]) => [name, { value, path: pathOf(part.path, name) }]),
  );
}

function pathOf(path: string, name: string): string {
  return /^\w+$/.test(name) ? `${path}.${name}` : `${path}[${JSON.stringify(name)}]`;
}

function shown(value: unknown): string {
  const json = shallowJson(value);
  return json.length > 80 ? `${json.slice(0, 80)}…` : json;
}

function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
