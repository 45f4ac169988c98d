import { nearOnes } from '../model/near';
import { ZeroTrustError } from '../model/problem';

/** What is wrong with a command line. */
export interface WrongUsage {
  /** A sentence without its full stop. */
  readonly what: string;
  readonly value?: string;
  readonly allowed?: string;
  readonly fix?: string;
}

export function usageError(wrong: WrongUsage): ZeroTrustError {
  return new ZeroTrustError({ rule: 'usage', ...wrong });
}

/** Of a word that should have been one of some names: `There is no command 'lst'; did you mean 'list'`. */
export function unknownName(kind: string, given: string, names: readonly string[], fix?: string): ZeroTrustError {
  const near = nearOnes(given, names).slice(0, MOST_NEAR);
  const meant = near.length === 0 ? '' : `; did you mean ${near.map((name) => `'${name}'`).join(' or ')}`;
  return usageError({
    what: `There is no ${kind} '${given}'${meant}`,
    value: given,
    allowed: names.join(', '),
    ...(fix !== undefined && { fix }),
  });
}

const MOST_NEAR = 3;
