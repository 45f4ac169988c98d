import { said } from '../../model/said';
import type { Field } from '../field';

/** Reports that a list is longer than Cilium takes, and gives its items. */
export function itemsUpTo(field: Field, most: number, what: string): Field[] {
  const items = field.items();
  if (items.length > most) {
    field.refuse({
      rule: 'cilium-limit',
      what: `There are ${items.length} ${what}, more than Cilium takes`,
      value: String(items.length),
      allowed: `at most ${most}`,
      fix: `Make several rules or policies of it, with at most ${most} ${what} each.`,
    });
  }
  return items;
}

/** The text where it is one of `allowed`; otherwise undefined, reported unless the field is absent. */
export function oneOf<T extends string>(field: Field, allowed: readonly T[]): T | undefined {
  if (field.isAbsent) return undefined;
  const found = allowed.find((it) => it === field.value);
  if (found === undefined) {
    field.refuse({
      rule: 'field-value',
      what: `'${said(field.value)}' is none of the values that Cilium takes here`,
      value: said(field.value),
      allowed: allowed.join(', '),
      fix: 'Use one of them; their case matters.',
    });
  }
  return found;
}

/** Undefined where it is absent or reported. */
export function flag(field: Field): boolean | undefined {
  if (field.isAbsent) return undefined;
  if (typeof field.value === 'boolean') return field.value;
  field.refuse({
    rule: 'field-type',
    what: `The value '${said(field.value)}' is not true or false, which the API server refuses here`,
    value: said(field.value),
    allowed: 'true, false',
    fix: 'Write it without quotes.',
  });
  return undefined;
}

/** Reports what Cilium takes and this library does not understand: what it lets through is not known. */
export function notRead(field: Field, what: string, allowed: string): void {
  field.refuse({
    rule: 'unread-policy',
    what: `What this policy lets through is not known: ${what}`,
    ...(typeof field.value === 'string' && { value: field.value }),
    allowed,
    fix: 'Say it in these words, or keep the policy out of what is read.',
  });
}
