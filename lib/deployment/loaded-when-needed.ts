import type * as State from './deployment-state';
import type * as Added from './emission/added-objects';
import type * as Door from './emission/door';
import type * as Fingerprint from './emission/fingerprint';
import type * as Proving from './proving/deployment-proof';
import type * as Needed from './proving/needed-by-proof';
import type * as OfFolder from './proving/proof-of-folder';
import type * as Warnings from './warnings';

// Loaded when they are first needed, so that whoever imports the package does not wait for them: nothing is worked out
// before a synthesis or a question, and no folder is read in either.

export function working(): typeof State {
  return require('./deployment-state');
}

export function door(): typeof Door {
  return require('./emission/door');
}

export function added(): typeof Added {
  return require('./emission/added-objects');
}

export function fingerprint(): typeof Fingerprint {
  return require('./emission/fingerprint');
}

export function warnings(): typeof Warnings {
  return require('./warnings');
}

export function deploymentProof(): typeof Proving {
  return require('./proving/deployment-proof');
}

export function needed(): typeof Needed {
  return require('./proving/needed-by-proof');
}

export function folderProof(): typeof OfFolder {
  return require('./proving/proof-of-folder');
}
