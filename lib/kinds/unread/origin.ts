import type { PolicyRef } from '../../model/layer';
import type { FieldPath } from '../field';
import { groupOf, type ObjectRef } from '../manifest';

/** Where an object came from: the file and document, for the policy, and the place of a field in it. */
export interface Origin {
  readonly source?: string;
  readonly sourceOf: (path: FieldPath) => string | undefined;
}

export function policyRef({ kind, namespace, name }: ObjectRef, { source }: Origin): PolicyRef {
  return {
    kind,
    ...(namespace !== undefined && { namespace }),
    name,
    ...(source !== undefined && { source }),
  };
}

/** API group and kind, `security.istio.io/AuthorizationPolicy`. */
export function kindText({ apiVersion, kind }: ObjectRef): string {
  return `${groupOf(apiVersion)}/${kind}`;
}
