import type { Expression, LabelCondition, TextCondition } from './selector-expression';

/** What is known of the labels of something: a value, undefined where there is no such label, `unknown` where nobody says. */
export type KnownLabels = (key: string) => string | undefined | typeof UNKNOWN;

export const UNKNOWN = Symbol('unknown');

/** Whether a selector holds for these labels; undefined where that hangs on a label that is not known. */
export function holdsFor(expression: Expression, labels: KnownLabels): boolean | undefined {
  switch (expression.kind) {
    case 'all':
      return true;
    case 'global':
      throw new Error('global() is replaced where it is read');
    case 'label':
    case 'text':
      return meets(expression, labels(expression.key));
    case 'not':
      return opposite(holdsFor(expression.of, labels));
    case 'and':
      return every(expression.of.map((of) => holdsFor(of, labels)));
    case 'or':
      return opposite(every(expression.of.map((of) => opposite(holdsFor(of, labels)))));
  }
}

function meets(condition: LabelCondition | TextCondition, value: ReturnType<KnownLabels>): boolean | undefined {
  if (value === UNKNOWN) return undefined;
  if (condition.kind === 'text') return value !== undefined && hasText(condition, value);
  if (value === undefined) return condition.mayBeAbsent;
  return condition.values.includes(value) !== condition.excluded;
}

/** Whether a value has the text where the condition says. */
export function hasText({ operator, text }: TextCondition, value: string): boolean {
  switch (operator) {
    case 'contains':
      return value.includes(text);
    case 'startswith':
      return value.startsWith(text);
    case 'endswith':
      return value.endsWith(text);
  }
}

function every(parts: readonly (boolean | undefined)[]): boolean | undefined {
  if (parts.includes(false)) return false;
  return parts.includes(undefined) ? undefined : true;
}

function opposite(holds: boolean | undefined): boolean | undefined {
  return holds === undefined ? undefined : !holds;
}
