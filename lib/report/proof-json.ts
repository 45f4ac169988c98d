import type { ProofResult } from './proof-result';

/** Names the layout of the JSON form. */
export const PROOF_SCHEMA = 'cdk8s-zero-trust/proof/v1';

/** Results for programs: the fields of a result, as they are. */
export function proofsJson(results: readonly ProofResult[]): string {
  return `${JSON.stringify({ schema: PROOF_SCHEMA, results }, undefined, 2)}\n`;
}
