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
 * The same reader, which looks at each value once: the same object is known at sight (our own policies share theirs), and
 * an equal one by its text. What is wrong is read again, to be reported wherever it stands.
 */
export function readingOnce<T>(read: (field: Field) => T): (field: Field) => T {
  const byObject = new Map<object, { readonly result: T }>();
  const byText = new Map<string, { readonly result: T }>();
  return (field) => {
    const { value } = field;
    if (typeof value !== 'object' || value === null) return read(field);
    const same = byObject.get(value);
    if (same !== undefined) return same.result;
    const text = textOf(value);
    const equal = text === undefined ? undefined : byText.get(text);
    const before = field.problemCount;
    const found = equal ?? { result: read(field) };
    if (field.problemCount > before) return found.result;
    byObject.set(value, found);
    if (text !== undefined) byText.set(text, found);
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
