import { basename } from 'node:path';
import { BASELINE_SCHEMA } from '../../findings/baseline';
import { FINDINGS_SCHEMA } from '../../findings/finding';
import { SCHEMAS as GRAPHS } from '../../graph/json';
import { isObject } from '../../kinds/field';
import type { FileDocument } from './document';

/** What settings are called where nobody says otherwise. */
export const SETTINGS_FILE = 'zero-trust.yaml';

/** What a file of settings may say that it is; see docs/schemas/zero-trust.schema.json. */
export const SETTINGS_SCHEMA = 'cdk8s-zero-trust/settings/v1';

/** What a file of facts of a cluster may say that it is; see docs/schemas/cluster-facts.schema.json. */
export const CLUSTER_FACTS_SCHEMA = 'cdk8s-zero-trust/cluster-facts/v1';

/** The type of a statement (in-toto attestation framework, "Statement layer specification"). */
export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1';

/** What the records of proofs are called, up to their version: the type of the predicate of a statement of in-toto. */
export const PROOF_RECORDS = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/proof-record/';

const SCHEMAS: readonly unknown[] = [FINDINGS_SCHEMA, BASELINE_SCHEMA, SETTINGS_SCHEMA, CLUSTER_FACTS_SCHEMA];

/**
 * Whether it is a file of ours that lies beside the manifests that it is about: a policy graph, findings, a baseline,
 * settings, the record of a proof. It is no manifest, and expected. Graphs and records are of any version, since who reads
 * one says which it takes.
 */
export function isOwnFile({ object, file }: FileDocument): boolean {
  if (!isObject(object) || object.kind !== undefined) return false;
  if (object._type === STATEMENT_TYPE) return startsWith(object.predicateType, PROOF_RECORDS);
  if (SCHEMAS.includes(object.schema) || startsWith(object.schema, GRAPHS)) return true;
  return basename(file) === SETTINGS_FILE && object.apiVersion === undefined;
}

function startsWith(text: unknown, start: string): boolean {
  return typeof text === 'string' && text.startsWith(start);
}
