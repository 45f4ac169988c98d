import { said } from '../../model/said';
import type { Field } from '../field';

/** What Antrea takes and is not understood here: to pass over it would make every verdict wrong. */
export function notRead(field: Field, what: string, allowed: string): void {
  field.refuse({
    rule: 'unread-policy',
    what: `${what}, so that the policy is not read`,
    allowed,
    fix: 'Say it by selectors or blocks, or judge these manifests with antctl.',
  });
}

/** What Antrea's admission refuses (`pkg/controller/networkpolicy/validate.go`). */
export function refused(field: Field, what: string, allowed: string, value?: unknown): void {
  field.refuse({
    rule: 'antrea-policy',
    what: `${what}, which Antrea refuses`,
    ...(value !== undefined && { value: said(value) }),
    allowed,
  });
}

/** The text where it is one of `allowed`; otherwise undefined, and reported. */
export function oneOf<T extends string>(field: Field, allowed: readonly T[]): T | undefined {
  const found = allowed.find((it) => it === field.value);
  if (found === undefined) {
    refused(field, `'${said(field.value)}' is none of its values`, allowed.join(', '), field.value);
  }
  return found;
}
