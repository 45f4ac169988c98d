// NetworkPolicies that controllers write for objects, where their code says exactly which. They may be there or not: the
// controller may be missing, or of another release.
import type { ObjectRef } from '../manifest';
import { rayPolicies } from './ray';
import { sandboxPolicies } from './sandbox-template';

export { isOfTemplate, sandboxTemplates } from './sandboxes';

/** The NetworkPolicies that the controller of the object writes; undefined where that is not known. */
export function writtenPolicies(group: string, object: unknown, ref: ObjectRef): readonly object[] | undefined {
  if (group === 'ray.io') return rayPolicies(object, ref);
  if (group === 'extensions.agents.x-k8s.io' && ref.kind === 'SandboxTemplate') return sandboxPolicies(object, ref);
  return undefined;
}
