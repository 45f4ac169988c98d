import { FINDINGS_SCHEMA } from '../../findings/finding';
import { SCHEMAS } from '../../graph/json';
import { isObject } from '../../kinds/field';
import type { FileDocument } from './document';

/** What the records of proofs are called, up to their version: the type of the predicate of a statement of in-toto. */
export const PROOF_RECORDS = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/proof-record/';

/** The type of a statement (in-toto attestation framework, "Statement v1"). */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/**
 * Whether it is a policy graph, findings, or the record of a proof in JSON, which lie beside the manifests that they are
 * of: no manifest, and expected. Of any version, since who reads one says which it takes.
 */
export function isOwnFile({ object }: FileDocument): boolean {
  if (!isObject(object) || object.kind !== undefined) return false;
  if (object._type === STATEMENT_TYPE) return startsWith(object.predicateType, PROOF_RECORDS);
  return object.schema === FINDINGS_SCHEMA || startsWith(object.schema, SCHEMAS);
}

function startsWith(text: unknown, start: string): boolean {
  return typeof text === 'string' && text.startsWith(start);
}
