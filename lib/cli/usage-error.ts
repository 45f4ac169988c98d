import { ZeroTrustError } from '../model/problem';
import { unknownNameText } from '../model/unknown-name';

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
  return usageError({
    what: unknownNameText(kind, given, names),
    value: given,
    allowed: names.join(', '),
    ...(fix !== undefined && { fix }),
  });
}
