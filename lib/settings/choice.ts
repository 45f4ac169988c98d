import { type Field, shown } from '../kinds/field';

/** The one of these that the field says; undefined where it is absent, or reported since it says another. */
export function choiceOf<T extends string>(field: Field, choices: readonly T[], rule: string): T | undefined {
  if (field.isAbsent) return undefined;
  const choice = choices.find((each) => each === field.value);
  if (choice !== undefined) return choice;
  const given = shown(field.value);
  field.refuse({
    rule,
    what: `The value ${given} is none of those that this field has`,
    value: given,
    allowed: choices.join(', '),
    fix: 'Write one of them, or leave the field out.',
  });
  return undefined;
}
