import { nearOnes } from './near';

const MOST_NEAR = 3;

/** Of a word that should have been one of some names: `There is no command 'lst'; did you mean 'list'`. */
export function unknownNameText(kind: string, given: string, names: readonly string[]): string {
  const near = nearOnes(given, names).slice(0, MOST_NEAR);
  const meant = near.length === 0 ? '' : `; did you mean ${near.map((name) => `'${name}'`).join(' or ')}`;
  return `There is no ${kind} '${given}'${meant}`;
}
