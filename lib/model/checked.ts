import { type Problem, ZeroTrustError } from './problem';
import { shown } from './shown';

/**
 * Gives back a value as what it is meant to be, or refuses it. JavaScript hands over anything, and what Python and Java
 * hand over has its types checked only in part, so every public door looks. `name` is what the value is called there:
 * `ports[0]`.
 */
export type Checked<T> = (value: unknown, name: string) => T;

/** How the properties of a struct are checked, each. */
export type Shape<T> = { readonly [Key in keyof Required<T>]: Checked<T[Key]> };

/** What a value is meant to be, in words: they complete "is not …", "Allowed: …", and say what to write. */
export interface Meant {
  readonly is: string;
  readonly allowed: string;
  readonly fix?: string;
}

/** Whatever it is: for what a check of its own looks at. */
export const anything: Checked<unknown> = (value) => value;

export const text: Checked<string> = (value, name) => {
  if (typeof value === 'string') return value;
  const plain = typeof value === 'number' || typeof value === 'boolean';
  throw wrongKind(value, name, {
    is: 'text',
    allowed: 'text, in quotes',
    ...(plain && { fix: `Put it in quotes: ${lastOf(name)}: '${value}'` }),
  });
};

export const flag: Checked<boolean> = (value, name) => {
  if (typeof value === 'boolean') return value;
  throw wrongKind(value, name, {
    is: 'true or false',
    allowed: 'true, false',
    fix: `Write it without quotes: ${lastOf(name)}: ${meansYes(value)}`,
  });
};

/** What somebody meant who wrote a word. */
function meansYes(value: unknown): boolean {
  return !/^"?(no|off|false|disabled|0)"?$/i.test(shown(value));
}

/** Undefined stays undefined. Null is no way to leave something out: it says that there is something, and that it is nothing. */
export function optional<T>(check: Checked<T>): Checked<T | undefined> {
  return (value, name) => (value === undefined ? undefined : check(value, name));
}

/** Text that is one of these; the values of an enum of ours. */
export function oneOf<T extends string>(values: { readonly [key: string]: T }, is: string): Checked<T> {
  const allowed: readonly unknown[] = Object.values(values);
  return (value, name) => {
    if (allowed.includes(value)) return value as T;
    throw wrongKind(value, name, { is, allowed: allowed.join(', ') });
  };
}

/** A list, each entry of which is looked at, holes too. It is copied: what a caller does to it later is not seen. */
export function listOf<T>(entry: Checked<T>, example = '…'): Checked<T[]> {
  return (value, name) =>
    reading(name, () => {
      if (!Array.isArray(value)) {
        const fix = typeof value === 'string' ? inQuotes(value) : example;
        throw wrongKind(value, name, {
          is: 'a list',
          allowed: 'a list',
          fix: `Put it into a list: ${lastOf(name)}: [${fix}]`,
        });
      }
      const entries: T[] = [];
      for (let index = 0; index < value.length; index++) entries.push(entry(value[index], `${name}[${index}]`));
      return entries;
    });
}

/** Text by keys: labels. */
export const texts: Checked<Record<string, string>> = (value, name) =>
  reading(name, () => {
    if (!isObject(value) || value instanceof Date || value instanceof Map) {
      throw wrongKind(value, name, {
        is: 'a set of labels',
        allowed: "keys with their values, as { app: 'vllm' }",
      });
    }
    const entries = Object.entries(value).map(([key, entry]) => [key, text(entry, `${name}.${key}`)] as const);
    return Object.fromEntries(entries);
  });

/** Properties of a struct, by which it stands: an object of properties inside another. */
export function struct<T extends object>(shape: Shape<T>, is: string): Checked<T> {
  return (value, name) => propertiesOf(value, name, shape, is, `${name}.`);
}

/** The properties that are handed to a constructor or a method: named by themselves. */
export function properties<T extends object>(value: unknown, shape: Shape<T>, is: string): T {
  return propertiesOf(value, is, shape, is, '');
}

function propertiesOf<T extends object>(value: unknown, name: string, shape: Shape<T>, is: string, within: string): T {
  return reading(name, () => {
    if (!isObject(value)) {
      const keys = Object.keys(shape).join(', ');
      throw within === ''
        ? notGiven(value, is, keys)
        : wrongKind(value, name, {
            is,
            allowed: `an object with ${keys}`,
            fix: `Write it as one: { ${Object.keys(shape)
              .map((key) => `${key}: …`)
              .join(', ')} }`,
          });
    }
    const found: Record<string, unknown> = {};
    for (const key in shape) {
      const given = shape[key]((value as Record<string, unknown>)[key], `${within}${key}`);
      if (given !== undefined) found[key] = given;
    }
    return found as T;
  });
}

/** A value that tells by itself whether it is one. */
export function instance<T>(
  is: (value: unknown) => value is T,
  meant: Meant & { readonly className: string },
): Checked<T> {
  return (value, name) => {
    if (is(value)) return value;
    throw isOfOtherCopy(value, meant.className) ? otherCopy(name, meant.className) : wrongKind(value, name, meant);
  };
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Looks at something that may throw when it is looked at. */
export function reading<T>(name: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    if (error instanceof ZeroTrustError) throw error;
    throw new ZeroTrustError({
      rule: 'unreadable-value',
      what: `${quoted(name)} cannot be read: looking at it throws an error`,
      value: shown(error),
      allowed: 'plain values, without getters that throw',
      fix: 'Give the value itself.',
    });
  }
}

/** The refusal of a value that is of another kind than is meant; of one that is missing where it is. */
export function wrongKind(value: unknown, name: string, { is, allowed, fix }: Meant): ZeroTrustError {
  const isMissing = value === undefined || value === null;
  const given = value === undefined ? '' : shown(value);
  return new ZeroTrustError({
    rule: isMissing ? 'missing-value' : 'wrong-kind',
    what: `${quoted(name)} is ${isMissing ? `${value === null ? 'null' : 'not given'}, and it must be ${is}` : `${given}, which is not ${is}`}`,
    value: given,
    allowed,
    ...(fix !== undefined && { fix }),
  } satisfies Problem);
}

function notGiven(value: unknown, is: string, keys: string): ZeroTrustError {
  const given = value === undefined ? '' : shown(value);
  return new ZeroTrustError({
    rule: value === undefined || value === null ? 'missing-value' : 'wrong-kind',
    what: given === '' ? `${is} are not given` : `${is} are given as ${given}`,
    value: given,
    allowed: `an object with ${keys}`,
    fix: 'Write them in braces: { … }',
  });
}

/** The package is loaded twice where somebody's own copy made the value; the two do not know each other's values. */
export function isOfOtherCopy(value: unknown, className: string): boolean {
  try {
    return (
      isObject(value) && value.constructor?.name === className && Object.getPrototypeOf(value) !== Object.prototype
    );
  } catch {
    return false;
  }
}

function otherCopy(name: string, className: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'other-copy',
    what: `${quoted(name)} was not made by the ${className} of this copy of cdk8s-zero-trust, so what it holds cannot be relied on`,
    value: `an object of class ${className}`,
    allowed: `a ${className} that one copy of the package made, as all the others`,
    fix: 'Install the package once (npm ls cdk8s-zero-trust shows the copies).',
  });
}

/** As code has it: in single quotes, unless it has something in it that must be escaped. */
function inQuotes(value: string): string {
  return /^[ -&(-[\]-~]*$/.test(value) ? `'${value}'` : JSON.stringify(value);
}

/** The property itself, of one within others. */
function lastOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

function quoted(name: string): string {
  return name.includes(' ') ? name : `\`${name}\``;
}
