import type { Field } from '../field';

/** The items of a list that has to have at least and at most so many. */
export function requireCount(field: Field, name: string, least: number, most: number): Field[] {
  const items = field.items();
  const isList = field.isAbsent || Array.isArray(field.value);
  if (isList && (items.length < least || items.length > most)) {
    field.refuse({
      rule: 'list-length',
      what: `There are ${items.length} ${name}, which the API server refuses`,
      value: String(items.length),
      allowed: `${least} to ${most} ${name}`,
      fix: items.length > most ? 'Split the policy.' : `Give ${name}.`,
    });
  }
  return items;
}

/** Which of the fields is there, where that is exactly one; anything else is reported. */
export function exactlyOne(field: Field, names: readonly string[], ifNone = ''): string | undefined {
  const problems = field.problemCount;
  const given = field.only(names).names();
  if (given.length === 1 && field.problemCount === problems) return given[0];
  if (field.problemCount === problems) {
    field.refuse({
      rule: 'one-of',
      what:
        given.length === 0 ? `Nothing is said here${ifNone}` : `${given.join(' and ')} stand beside each other here`,
      value: given.join(', '),
      allowed: `exactly one of ${names.join(', ')}`,
      fix: given.length === 0 ? 'Give one of them.' : 'Make several of it, one for each.',
    });
  }
  return undefined;
}
