import { FINDINGS_SCHEMA } from '../../findings/finding';
import { SCHEMAS } from '../../graph/json';
import { isObject } from '../../kinds/field';
import type { FileDocument } from './document';

/** Whether it is a policy graph or findings in JSON, which lie beside the manifests that they are of: no manifest, and expected. */
export function isOwnFile({ object }: FileDocument): boolean {
  if (!isObject(object) || object.kind !== undefined) return false;
  return object.schema === FINDINGS_SCHEMA || isGraph(object.schema);
}

/** Of any version: who reads the graph says which one it takes. */
function isGraph(schema: unknown): boolean {
  return typeof schema === 'string' && schema.startsWith(SCHEMAS);
}
