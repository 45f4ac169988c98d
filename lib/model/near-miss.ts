import type { Labels } from './labels';
import { isOneEditApart } from './one-edit';
import type { Selector } from './selector';
import * as selectors from './selector';

/**
 * Whether labels miss a selector by a slip: one requirement does not hold, and either the others do, or a key or a value
 * differs by a letter, or the value stands under another key.
 */
export function isNearMiss(selector: Selector, labels: Labels): boolean {
  if (selector.impossible) return false;
  const broken = selector.constraints.filter((one) => !selectors.matches({ constraints: [one] }, labels));
  if (broken.length !== 1) return false;
  if (selector.constraints.length > 1) return true;
  const [{ key, values, excluded }] = broken;
  if (excluded) return false;
  return Object.entries(labels).some(
    ([worn, value]) =>
      values.includes(value) || (worn === key && values.some((wanted) => isOneEditApart(wanted, value))),
  );
}
