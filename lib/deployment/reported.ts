import type { IConstruct } from 'constructs';
import { ZeroTrustError } from '../model/problem';

/** Runs `make` and, where it refuses, says at which construct. */
export function at<T>(construct: IConstruct | string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    throw error.at(typeof construct === 'string' ? construct : construct.node.path);
  }
}

/** Why something failed, as a clause that can stand in a sentence of another problem. */
export function reasonOf(error: unknown): string {
  if (error instanceof ZeroTrustError) return error.problems.map(({ what }) => what).join('; ');
  return (error instanceof Error ? error.message : String(error)).trim().replace(/\.$/, '');
}
