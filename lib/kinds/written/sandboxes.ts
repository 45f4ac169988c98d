import { isObject } from '../field';
import { groupOf } from '../manifest';
import { valueAt } from '../unread';

const GROUP = 'extensions.agents.x-k8s.io';

/** The templates of sandboxes among these objects, `namespace/name`. */
export function sandboxTemplates(objects: readonly unknown[], defaultNamespace: string): ReadonlySet<string> {
  const templates = objects.filter((object) => isKind(object, 'SandboxTemplate'));
  return new Set(templates.map((object) => keyOf(object, defaultNamespace, valueAt(object, ['metadata', 'name']))));
}

/** Whether the object makes sandboxes of one of these templates: the policy of the template is theirs. */
export function isOfTemplate(object: unknown, defaultNamespace: string, templates: ReadonlySet<string>): boolean {
  if (templates.size === 0 || !(isKind(object, 'SandboxClaim') || isKind(object, 'SandboxWarmPool'))) return false;
  return templates.has(keyOf(object, defaultNamespace, valueAt(object, ['spec', 'sandboxTemplateRef', 'name'])));
}

function isKind(object: unknown, kind: string): boolean {
  return isObject(object) && object.kind === kind && groupOf(String(object.apiVersion)) === GROUP;
}

function keyOf(object: unknown, defaultNamespace: string, name: unknown): string {
  return `${String(valueAt(object, ['metadata', 'namespace']) || defaultNamespace)}/${String(name)}`;
}
