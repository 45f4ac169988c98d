import { createHash } from 'node:crypto';

/**
 * Names joined by a dash, no longer than that; where they would be, a hash stands for the end, so that no two become one.
 */
export function shortName(parts: readonly string[], most: number): string {
  const whole = parts.join('-');
  if (whole.length <= most) return whole;
  const hash = createHash('sha256').update(whole).digest('hex').slice(0, HASH);
  return `${whole.slice(0, most - HASH - 1).replace(/[-.]+$/, '')}-${hash}`;
}

const HASH = 8;
