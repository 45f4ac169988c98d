import type * as Proving from '../../proof';

/** The proof, loaded when one is first made: whoever imports the package, for the types of another chart, does not wait. */
export function proving(): typeof Proving {
  return require('../../proof');
}
