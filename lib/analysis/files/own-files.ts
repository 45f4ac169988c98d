import { SCHEMA } from '../../graph/json';
import { isObject } from '../../kinds/field';
import type { FileDocument } from './document';

/** Whether it is a policy graph in its JSON form, which lies beside the manifests that it is of: no manifest, and expected. */
export function isPolicyGraph({ object }: FileDocument): boolean {
  return isObject(object) && object.schema === SCHEMA && object.kind === undefined;
}
