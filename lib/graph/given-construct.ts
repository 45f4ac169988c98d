import type { IConstruct } from 'constructs';
import { type Meant, reading, wrongKind } from '../model/checked';

/** A construct as it was handed over; what is none is refused in our words, and not in those of a property that it lacks. */
export function givenConstruct<T extends IConstruct = IConstruct>(
  value: unknown,
  name: string,
  meant: Pick<Meant, 'allowed' | 'fix'> = SCOPE,
): T {
  return reading(name, () => {
    if (isInTree(value)) return value as T;
    throw wrongKind(value, name, { is: 'a construct', ...meant });
  });
}

const SCOPE = {
  allowed: 'an App, a Chart, or a construct in one',
  fix: "Make one first: const chart = new Chart(new App(), 'ai-platform');",
};

/** Of whatever copy of the package `constructs`: what counts is that it has its place in a tree. */
function isInTree(value: unknown): boolean {
  const node = (
    value as { node?: { root?: { node?: unknown }; path?: unknown; addValidation?: unknown } } | undefined | null
  )?.node;
  return (
    typeof value === 'object' &&
    typeof node?.path === 'string' &&
    typeof node.addValidation === 'function' &&
    node.root?.node !== undefined
  );
}
