import type { Field } from './field';

/** What was read before of the same manifests: policies repeat rules and selectors, and each distinct one is read once. */
export class Memory {
  readonly #byKind = new Map<string, Map<string, unknown>>();

  /**
   * What `read` makes of the field. `kind` names everything beside the value that the answer depends on. What is wrong is
   * read again, to be reported wherever it stands.
   */
  public once<T>(kind: string, field: Field, read: (field: Field) => T): T {
    const text = textOf(field.value);
    if (text === undefined) return read(field);
    const known = this.#byKind.get(kind) ?? new Map<string, unknown>();
    if (known.size === 0) this.#byKind.set(kind, known);
    if (known.has(text)) return known.get(text) as T;
    const before = field.problemCount;
    const result = read(field);
    if (field.problemCount === before) known.set(text, result);
    return result;
  }
}

/** Equal for equal values; none for what cannot be written, such as what holds itself. */
function textOf(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
