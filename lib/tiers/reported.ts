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
