import { shallowJson } from './shallow-json';

/** A value as a sentence has it: a text as it is, what is none as JSON. */
export function said(value: unknown): string {
  return typeof value === 'object' && value !== null ? shallowJson(value) : String(value);
}
