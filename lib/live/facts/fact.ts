/** A fact of a cluster with how it was found, or why it could not be. */
export type Fact<T> =
  | { readonly isKnown: true; readonly value: T; readonly how: string }
  | { readonly isKnown: false; readonly why: string };

export function known<T>(value: T, how: string): Fact<T> {
  return { isKnown: true, value, how };
}

export function unknown<T>(why: string): Fact<T> {
  return { isKnown: false, why };
}

export function knownValue<T>(fact: Fact<T>): T | undefined {
  return fact.isKnown ? fact.value : undefined;
}

/** The first that is known; else why the last one is not. */
export function firstKnown<T>(facts: readonly Fact<T>[], otherwise: string): Fact<T> {
  return facts.find(({ isKnown }) => isKnown) ?? facts.findLast(({ isKnown }) => !isKnown) ?? unknown(otherwise);
}
