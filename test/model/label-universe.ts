import * as fc from 'fast-check';
import type { Labels, Requirement } from '../../lib/model/selector';

// A small world in which selectors can be judged by trying everything: three keys, one of them the label that every
// namespace has; three values that selectors name, the empty one among them, and one that they do not.
const NAME = 'kubernetes.io/metadata.name';
export const KEYS = ['app', NAME, 'tier'];
export const VALUES = ['', 'a', 'b'];
const UNNAMED = 'z';

/** Every label set of the world. */
export const EVERY_LABELS: readonly Labels[] = KEYS.reduce<Labels[]>(
  (all, key) =>
    all.flatMap((labels) => [
      ...(key === NAME ? [] : [labels]),
      ...[...VALUES, UNNAMED].map((value) => ({ ...labels, [key]: value })),
    ]),
  [{}],
);

/** Whether the labels satisfy the requirements, in the words of the Kubernetes documentation. */
export function satisfies(labels: Labels, requirements: readonly Requirement[]): boolean {
  return requirements.every(({ key, operator, values = [] }) => {
    const present = key in labels;
    if (operator === 'Exists') return present;
    if (operator === 'DoesNotExist') return !present;
    if (operator === 'In') return present && values.includes(labels[key]);
    return !present || !values.includes(labels[key]);
  });
}

/** Which label sets of the world satisfy the requirements. */
export function meaning(requirements: readonly Requirement[]): Labels[] {
  return EVERY_LABELS.filter((labels) => satisfies(labels, requirements));
}

const someKey = fc.constantFrom(...KEYS);
// With repetition and in any order, as people write them.
const someValues = fc.array(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 });

export const someRequirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ key: someKey, operator: fc.constantFrom('In' as const, 'NotIn' as const), values: someValues }),
  fc.record({ key: someKey, operator: fc.constantFrom('Exists' as const, 'DoesNotExist' as const) }),
);

export const someRequirements = fc.array(someRequirement, { maxLength: 4 });
