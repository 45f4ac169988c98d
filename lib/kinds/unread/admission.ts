import { isObject } from '../field';
import { valueAt } from './value-at';

/** Kinds of the core group that neither policies nor pods depend on, as policies about admission name them. */
const HARMLESS = /^(v1\/)?(ConfigMap|Secret|ServiceAccount|PersistentVolumeClaim|ResourceQuota|LimitRange|Event)$/;
const HARMLESS_RESOURCES =
  /^(configmaps|secrets|serviceaccounts|persistentvolumeclaims|resourcequotas|limitranges|events)(\/.*)?$/;

/** Whether a Kyverno policy generates objects that bear on connections. */
export function generatesObjects(policy: unknown): boolean {
  return rulesWith(policy, 'generate').some((rule) => {
    const generate = valueAt(rule, ['generate']);
    const kinds = isObject(generate) ? kindsIn(generate) : [];
    return kinds.length === 0 || !kinds.every((kind) => HARMLESS.test(kind));
  });
}

/** Whether a Kyverno policy changes objects that bear on connections. */
export function changesObjects(policy: unknown): boolean {
  return rulesWith(policy, 'mutate').some((rule) => !isHarmless(valueAt(rule, ['match'])));
}

/** Whether a Kyverno cleanup policy may delete objects that bear on connections. */
export function deletesObjects(policy: unknown): boolean {
  return !isHarmless(valueAt(policy, ['spec', 'match']));
}

/** Whether the resources that `matchConstraints` names bear on connections. */
export function mutatesResources(policy: unknown): boolean {
  const rules = valueAt(policy, ['spec', 'matchConstraints', 'resourceRules']);
  if (!Array.isArray(rules) || rules.length === 0) return true;
  return rules.some((rule) => {
    const resources = valueAt(rule, ['resources']);
    return !Array.isArray(resources) || !resources.every((it) => HARMLESS_RESOURCES.test(String(it)));
  });
}

function rulesWith(policy: unknown, field: string): unknown[] {
  const rules = valueAt(policy, ['spec', 'rules']);
  return Array.isArray(rules) ? rules.filter((rule) => isObject(rule) && isObject(rule[field])) : [];
}

function isHarmless(match: unknown): boolean {
  const kinds = isObject(match) ? kindsIn(match) : [];
  return kinds.length > 0 && kinds.every((kind) => HARMLESS.test(kind));
}

/** Every `kind` and every entry of `kinds` in it, at any depth of what people write. */
function kindsIn(value: unknown, depth = 0): string[] {
  if (depth > 8 || typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => kindsIn(item, depth + 1));
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === 'kind' && typeof part === 'string') return [part];
    if (key === 'kinds' && Array.isArray(part)) return part.map(String);
    return key === 'data' ? [] : kindsIn(part, depth + 1);
  });
}
