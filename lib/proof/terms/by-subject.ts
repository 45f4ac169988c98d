import { into } from '../../model/into';
import type { KeyConstraint } from '../../model/key-constraint';
import type { Selector } from '../../model/selector';

/** What of a list may be about the pods of a selector. */
export type BySubject<T> = (subject: Selector) => readonly T[];

/**
 * An index below the namespace: by the values of the label that tells most of the list apart (`app`, usually). What the
 * label does not tell apart is in every answer, so an answer is never too small.
 */
export function bySubject<T>(all: readonly T[], subjectOf: (item: T) => Selector): BySubject<T> {
  const key = mostTelling(all.map(subjectOf));
  if (key === undefined) return () => all;
  const byValue = new Map<string, T[]>();
  const rest: T[] = [];
  for (const item of all) {
    const values = valuesOf(subjectOf(item), key);
    if (values === undefined) rest.push(item);
    for (const value of values ?? []) into(byValue, value, item);
  }
  return (subject) => {
    const values = valuesOf(subject, key);
    if (values === undefined) return all;
    return [...new Set([...rest, ...values.flatMap((value) => byValue.get(value) ?? [])])];
  };
}

/** The values that the label may have; undefined where it may have others or be absent. */
function valuesOf(subject: Selector, key: string): readonly string[] | undefined {
  const constraint = subject.constraints.find((each) => each.key === key);
  return constraint !== undefined && isListed(constraint) ? constraint.values : undefined;
}

function mostTelling(subjects: readonly Selector[]): string | undefined {
  const uses = new Map<string, number>();
  for (const { key } of subjects.flatMap(({ constraints }) => constraints.filter(isListed))) {
    uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  return [...uses].reduce<[string | undefined, number]>(
    (best, [key, count]) => (count > best[1] ? [key, count] : best),
    [undefined, 1],
  )[0];
}

function isListed({ excluded, mayBeAbsent }: KeyConstraint): boolean {
  return !excluded && !mayBeAbsent;
}
