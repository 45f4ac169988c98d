import { said } from '../../model/said';
import type { Field } from '../field';

/** Reports that a list is longer than Calico takes, and gives its items. */
export function itemsUpTo(field: Field, most: number, what: string): Field[] {
  const items = field.items();
  if (items.length > most) {
    field.refuse({
      rule: 'calico-limit',
      what: `There are ${items.length} ${what}, more than Calico takes`,
      value: String(items.length),
      allowed: `at most ${most}`,
      fix: `Make several rules or policies of it, with at most ${most} ${what} each.`,
    });
  }
  return items;
}

/** The text; empty where it is absent, as Calico takes both for the same. */
export function textOf(field: Field, longest: number): string {
  const text = field.text() ?? '';
  if (text.length > longest) {
    field.refuse({
      rule: 'calico-limit',
      what: `The text has ${text.length} characters, more than Calico takes`,
      value: `${text.slice(0, 40)}…`,
      allowed: `at most ${longest} characters`,
      fix: 'Say it with fewer values, or make several of it.',
    });
  }
  return text;
}

/** Reports the items of a list that stood there before. */
export function refuseRepeats(items: readonly Field[]): void {
  const seen = new Set<unknown>();
  for (const item of items) {
    if (seen.has(item.value)) {
      item.refuse({
        rule: 'field-repeated',
        what: `${said(item.value)} stands there twice, which the API server refuses`,
        value: said(item.value),
        allowed: 'each value once',
        fix: `Take the second ${said(item.value)} out.`,
      });
    }
    seen.add(item.value);
  }
}

/** The text where it is one of `allowed`; otherwise undefined, reported unless the field is absent. */
export function oneOf<T extends string | number>(field: Field, allowed: readonly T[]): T | undefined {
  if (field.isAbsent) return undefined;
  const found = allowed.find((it) => it === field.value);
  if (found === undefined) {
    field.refuse({
      rule: 'field-value',
      what: `'${said(field.value)}' is none of the values that Calico takes here`,
      value: said(field.value),
      allowed: allowed.join(', '),
      fix: 'Use one of them; their case matters.',
    });
  }
  return found;
}

export function flag(field: Field): boolean {
  if (field.isAbsent || typeof field.value === 'boolean') return field.value === true;
  field.refuse({
    rule: 'field-type',
    what: `The value '${said(field.value)}' is not true or false, which the API server refuses here`,
    value: said(field.value),
    allowed: 'true, false',
    fix: 'Write it without quotes.',
  });
  return false;
}

/** Reports what Calico takes and this library does not understand: what it lets through is not known. */
export function notRead(field: Field, what: string, allowed: string): void {
  field.refuse({
    rule: 'unread-policy',
    what: `What this policy lets through is not known: ${what}`,
    ...(typeof field.value === 'string' && { value: field.value }),
    allowed,
    fix: 'Say it in these words, or keep the policy out of what is read.',
  });
}
