import { basename } from 'node:path';
import { BASELINE_SCHEMA } from '../../findings/baseline';
import { FINDINGS_SCHEMA } from '../../findings/finding';
import { SCHEMA } from '../../graph/json';
import { isObject } from '../../kinds/field';
import type { FileDocument } from './document';

/** What settings are called where nobody says otherwise. */
export const SETTINGS_FILE = 'zero-trust.yaml';

/** What a file of settings may say that it is; see docs/schemas/zero-trust.schema.json. */
export const SETTINGS_SCHEMA = 'cdk8s-zero-trust/settings/v1';

/** What a file of facts of a cluster may say that it is; see docs/schemas/cluster-facts.schema.json. */
export const CLUSTER_FACTS_SCHEMA = 'cdk8s-zero-trust/cluster-facts/v1';

const SCHEMAS: readonly unknown[] = [SCHEMA, FINDINGS_SCHEMA, BASELINE_SCHEMA, SETTINGS_SCHEMA, CLUSTER_FACTS_SCHEMA];

/**
 * Whether it is a file of ours that lies beside the manifests that it is about: a policy graph, findings, a baseline,
 * settings. It is no manifest, and expected.
 */
export function isOwnFile({ object, file }: FileDocument): boolean {
  if (!isObject(object) || object.kind !== undefined) return false;
  return SCHEMAS.includes(object.schema) || (basename(file) === SETTINGS_FILE && object.apiVersion === undefined);
}
