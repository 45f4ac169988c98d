import { objectText } from '../../kinds/manifest';
import type { Isolation, Layer, Plane, PolicyRef, Rule } from '../../model/layer';
import { requestText } from '../../model/request-match';
import { sameData } from '../../model/same-data';

/** What became of a policy, by its meaning: one that says the same in other words did not change. */
export interface PolicyChange {
  readonly change: 'added' | 'removed' | 'changed';
  /** As it is after, or was where it is gone. */
  readonly policy: PolicyRef;
  /** What it says before and not after. */
  readonly gone: readonly Part[];
  /** What it says after and not before. */
  readonly come: readonly Part[];
}

/** Something that a policy says: a rule, or whom it isolates. */
export type Part =
  | { readonly kind: 'rule'; readonly rule: Rule }
  | { readonly kind: 'isolation'; readonly isolation: Isolation };

/** The rule or the isolation itself. */
export function saidIn(part: Part): Rule | Isolation {
  return part.kind === 'rule' ? part.rule : part.isolation;
}

/** Which requests a policy lets through, where that changed: paths are compared by ports, and requests only by these words. */
export interface RequestsChange {
  readonly policy: PolicyRef;
  readonly gone: readonly string[];
  readonly come: readonly string[];
}

/** The policies that changed, by kind, namespace and name. */
export function policyChanges(before: Plane, after: Plane): readonly PolicyChange[] {
  // Layers of two engines have names of their own, which say nothing of a policy.
  const isOneEngine = before.name === after.name;
  const [was, is] = [policiesOf(before, isOneEngine), policiesOf(after, isOneEngine)];
  const keys = [...new Set([...was.keys(), ...is.keys()])].sort();
  return keys.flatMap((key) => {
    const [old, own] = [was.get(key), is.get(key)];
    // Most policies stay as they are, part by part: what they say is written down of the others alone.
    if (old !== undefined && own !== undefined && sameData(old.parts, own.parts, isNoMeaning)) return [];
    const { gone, come } = partsChanged(old, own);
    if (gone.length + come.length === 0) return [];
    const change = old === undefined ? 'added' : own === undefined ? 'removed' : 'changed';
    const policy = (own ?? old)?.policy;
    return policy === undefined ? [] : [{ change, policy, gone, come }];
  });
}

/** What a policy that came or went says is all of it; of one that stayed, it is what the other side does not say. */
function partsChanged(old: PolicyParts | undefined, own: PolicyParts | undefined): Pick<PolicyChange, 'gone' | 'come'> {
  if (old === undefined || own === undefined) return { gone: partsOfPolicy(old), come: partsOfPolicy(own) };
  const [before, after] = [meaningsOf(old), meaningsOf(own)];
  return { gone: partsWithout(before, after), come: partsWithout(after, before) };
}

function partsOfPolicy(policy: PolicyParts | undefined): readonly Part[] {
  return policy?.parts.map(({ part }) => part) ?? [];
}

/** Layers whose policies are asked in another order than before. */
export function reordered(before: Plane, after: Plane): readonly string[] {
  return after.layers
    .filter(({ order }) => order === 'ranked')
    .filter((layer) => {
      const old = before.layers.find(({ name }) => name === layer.name);
      if (old === undefined) return false;
      const [was, is] = [orderOf(old), orderOf(layer)];
      return was.filter((key) => is.includes(key)).join('\n') !== is.filter((key) => was.includes(key)).join('\n');
    })
    .map(({ name }) => name);
}

export function requestsChanges(changes: readonly PolicyChange[]): readonly RequestsChange[] {
  return changes.flatMap(({ policy, gone, come }) => {
    const [was, is] = [requestsOf(gone), requestsOf(come)];
    const change = {
      policy,
      gone: was.filter((text) => !is.includes(text)),
      come: is.filter((text) => !was.includes(text)),
    };
    return change.gone.length + change.come.length > 0 ? [change] : [];
  });
}

function requestsOf(parts: readonly Part[]): readonly string[] {
  const texts = parts.flatMap((part) => (part.kind === 'rule' ? (part.rule.requests ?? []).map(requestText) : []));
  return [...new Set(texts)].sort();
}

interface PolicyParts {
  readonly policy: PolicyRef;
  readonly parts: { readonly layer: string; readonly part: Part }[];
}

function policiesOf({ layers }: Plane, byLayer: boolean): Map<string, PolicyParts> {
  const found = new Map<string, PolicyParts>();
  const byRef = new Map<PolicyRef, PolicyParts>();
  const partsOf = (policy: PolicyRef) => {
    const known = byRef.get(policy);
    if (known !== undefined) return known;
    const key = objectText(policy);
    const own = found.get(key) ?? { policy, parts: [] };
    found.set(key, own);
    byRef.set(policy, own);
    return own;
  };
  for (const { name, rules, isolations } of layers) {
    const layer = byLayer ? name : '';
    for (const rule of rules) partsOf(rule.policy).parts.push({ layer, part: { kind: 'rule', rule } });
    for (const isolation of isolations)
      partsOf(isolation.policy).parts.push({ layer, part: { kind: 'isolation', isolation } });
  }
  return found;
}

/** Each meaning once, in the order of the layers. */
function meaningsOf({ parts }: PolicyParts): ReadonlyMap<string, Part> {
  return new Map(parts.map(({ layer, part }) => [`${layer} ${meaningOf(saidIn(part))}`, part]));
}

/** Where it stands and why it is doubted is no part of what a rule or an isolation says. */
function isNoMeaning(key: string): boolean {
  return key === 'policy' || key === 'doubt' || key === 'index';
}

/** Equal for what says the same. Values are canonical. */
function meaningOf(part: Rule | Isolation): string {
  return JSON.stringify(part, (key, value) => {
    if (isNoMeaning(key)) return undefined;
    return typeof value === 'bigint' ? `${value}` : value;
  });
}

function partsWithout(parts: ReadonlyMap<string, Part>, others: ReadonlyMap<string, Part>): readonly Part[] {
  return [...parts].filter(([text]) => !others.has(text)).map(([, part]) => part);
}

function orderOf({ rules }: Layer): readonly string[] {
  return [...new Set(rules.map(({ policy }) => objectText(policy)))];
}
