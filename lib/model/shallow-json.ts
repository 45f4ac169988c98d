/**
 * JSON of a value, and of what is in it only that it is there: a value from a file may hold itself, or share parts so
 * often that written out it would fill the memory.
 */
export function shallowJson(value: unknown): string {
  let isTop = true;
  const shallow = (_key: string, part: unknown) => {
    if (!isTop) return typeof part === 'object' && part !== null ? '…' : part;
    isTop = false;
    return part;
  };
  return String(JSON.stringify(value, shallow));
}
