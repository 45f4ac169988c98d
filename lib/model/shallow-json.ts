/**
 * JSON of a value, and of what is in it only that it is there: a value from a file may hold itself, or share parts so
 * often that written out it would fill the memory. What has no JSON is named by its type.
 */
export function shallowJson(value: unknown): string {
  let isTop = true;
  const shallow = (_key: string, part: unknown) => {
    if (!isTop) return typeof part === 'object' && part !== null ? '…' : typeof part === 'bigint' ? `${part}n` : part;
    isTop = false;
    return part;
  };
  try {
    return typeof value === 'bigint' ? `${value}n` : String(JSON.stringify(value, shallow));
  } catch {
    return `a ${typeof value} without JSON`;
  }
}
