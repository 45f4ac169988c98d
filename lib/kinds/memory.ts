import type { Field } from './field';

/** What was read before of the same manifests: policies repeat rules and selectors, and each distinct one is read once. */
export class Memory {
  readonly #readers = new Map<string, (field: Field) => unknown>();

  /** What `read` makes of the field. `kind` names everything beside the value that the answer depends on. */
  public once<T>(kind: string, field: Field, read: (field: Field) => T): T {
    const reader = this.#readers.get(kind) ?? readingOnce(read);
    this.#readers.set(kind, reader);
    return reader(field) as T;
  }
}

/**
 * The same reader, which looks at each value once: an equal one is known by its text, and one that is the same object again
 * at sight from then on (our own policies share theirs, and so do files). What is wrong is read again, to be reported
 * wherever it stands.
 */
export function readingOnce<T>(read: (field: Field) => T): (field: Field) => T {
  const byObject = new Map<object, { readonly result: T }>();
  const byText = new Map<string, { readonly result: T; readonly first: object }>();
  return (field) => {
    const { value } = field;
    if (typeof value !== 'object' || value === null) return read(field);
    const same = byObject.get(value);
    if (same !== undefined) return same.result;
    const text = textOf(value);
    const equal = text === undefined ? undefined : byText.get(text);
    if (equal !== undefined) {
      // To keep every object that there is costs more than the writing of those that are there once.
      if (equal.first === value) byObject.set(value, equal);
      return equal.result;
    }
    const before = field.problemCount;
    const found = { result: read(field), first: value };
    if (field.problemCount > before) return found.result;
    if (text !== undefined) byText.set(text, found);
    else byObject.set(value, found);
    return found.result;
  };
}

/**
 * Equal for equal values alone, where writing them is cheap; none for what cannot be written, such as what holds itself,
 * and for what may be written as something else: JSON has `null` for what is no number.
 */
function textOf(value: object): string | undefined {
  try {
    const text = JSON.stringify(value);
    return text.includes('null') ? undefined : text;
  } catch {
    return undefined;
  }
}
