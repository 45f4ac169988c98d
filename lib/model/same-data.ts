/**
 * Whether two values of plain data say the same, in any order of keys: texts, numbers, lists and objects of these, as a parser
 * or a reading gives them. What both hold is the same at sight, so that data that shares its parts is compared in no time.
 *
 * @param isPassedOver keys that do not count, at any depth. @default none
 */
export function sameData(a: unknown, b: unknown, isPassedOver: (key: string) => boolean = () => false): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameData(item, b[i], isPassedOver));
  }
  if (Array.isArray(b)) return false;
  const [fields, others] = [a as Fields, b as Fields];
  return (
    Object.keys(fields).every((key) => isPassedOver(key) || sameData(fields[key], own(others, key), isPassedOver)) &&
    Object.keys(others).every((key) => isPassedOver(key) || Object.hasOwn(fields, key) || others[key] === undefined)
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** Keys such as `constructor` are legal, so what an object inherits does not count. */
function own(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}
