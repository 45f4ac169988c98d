import { groupOf } from '../kinds/manifest';
import type { PolicyReading } from '../kinds/policy-reading';
import type { CheckFinding } from './check';
import { objectNamed, type Seen, type SeenObject } from './seen';

/** What the composition of the policies says of one rule, each at the object that it is about. */
export function* engineProblems(seen: Seen, id: string): Generator<CheckFinding> {
  const rest = new Map<string, readonly PolicyReading[]>();
  for (const { rule, what, value = '', allowed, fix } of seen.plane.problems) {
    if (rule !== id) continue;
    // A problem names the kind; those of one kind come in the order of the policies.
    const ofKind = rest.get(value) ?? seen.reading.others.filter(({ kind }) => kind === value);
    rest.set(value, ofKind.slice(1));
    const object = ofKind.length > 0 ? objectOfReading(seen, ofKind[0]) : undefined;
    yield { ...(object && { object }), what, value, allowed, ...(fix !== undefined && { fix }) };
  }
}

/** The object that a policy of an engine's own kind was read from. */
export function objectOfReading(seen: Seen, { policy, kind }: PolicyReading): SeenObject | undefined {
  return objectNamed(seen, groupOf(kind), policy);
}
