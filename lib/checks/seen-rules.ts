import type { FieldPath } from '../kinds/field';
import { isObject } from '../kinds/field';
import { groupOf } from '../kinds/manifest';
import type { Direction, Isolation, PolicyRef, Rule } from '../model/layer';
import { remembered } from '../model/remembered';
import { addressesOf, isMostOfInternet } from './addresses';
import { isEverybody } from './peers';
import { objectNamed, type Seen, type SeenObject } from './seen';

/** A rule as it is written, in whichever kind of policy: the object, the place in it, and what was read of it. */
export interface SeenRule {
  readonly object: SeenObject;
  /** Of the rule; of what is next above it where a rule cannot be told from others (`specs` of Cilium). */
  readonly path: FieldPath;
  readonly direction: Direction;
  readonly action: Rule['action'];
  /** What is read of it: one for each combination of peers and ports that engines keep apart; never empty. */
  readonly parts: readonly Rule[];
  /** The engine enforces the object: it is no trial (`Staged…` of Calico). */
  readonly isEnforced: boolean;
}

/** Every rule that was read, in the order of the manifests. Policies that are refused have none. */
export const seenRules = remembered((seen: Seen): readonly SeenRule[] => {
  const objectOf = objectsByPolicy(seen);
  const rules: SeenRule[] = [];
  const add = (found: readonly Rule[], group: string, isEnforced: boolean) => {
    let parts: Rule[] = [];
    for (const rule of found) {
      if (parts.length > 0 && isSameRule(parts[0], rule)) {
        parts.push(rule);
        continue;
      }
      parts = [rule];
      const object = objectOf(group, rule.policy);
      if (object !== undefined) rules.push(seenRule(object, parts, isEnforced));
    }
  };
  add(seen.reading.rules, 'networking.k8s.io', true);
  for (const { kind, rules: own, isStaged } of seen.reading.others) add(own, groupOf(kind), isStaged !== true);
  return rules;
});

/** Rules that let something through, of policies that are enforced. */
export function allowRules(seen: Seen, direction: Direction): readonly SeenRule[] {
  return allowing(seen)[direction];
}

const allowing = remembered((seen: Seen): Readonly<Record<Direction, readonly SeenRule[]>> => {
  const found = { ingress: [] as SeenRule[], egress: [] as SeenRule[] };
  for (const rule of seenRules(seen)) if (rule.action === 'allow' && rule.isEnforced) found[rule.direction].push(rule);
  return found;
});

/** What few rules have, and several checks look for. */
interface Wide {
  /** Ingress with every pod of the cluster among the peers. */
  readonly fromEverybody: readonly SeenRule[];
  /** Egress with most of the internet among the peers. */
  readonly toInternet: readonly SeenRule[];
  /** Egress with names of hosts among the peers. */
  readonly toHosts: readonly SeenRule[];
}

/** Of the rules that `allowRules` gives, found in one pass over all of them. */
export const wideRules = remembered((seen: Seen): Wide => {
  const egress = allowRules(seen, 'egress');
  return {
    fromEverybody: allowRules(seen, 'ingress').filter(({ parts }) =>
      parts.some(({ peers }) => peers.some(isEverybody)),
    ),
    toInternet: egress.filter(({ parts }) => parts.some((part) => isMostOfInternet(addressesOf(part)))),
    toHosts: egress.filter(({ parts }) => parts.some(({ peers }) => peers.some(({ kind }) => kind === 'hosts'))),
  };
});

/** Whom policies isolate that are enforced. */
export const isolationsOf = remembered((seen: Seen): readonly Isolation[] => [
  ...seen.reading.isolations,
  ...seen.reading.others.flatMap(({ isolations, isStaged }) => (isStaged === true ? [] : isolations)),
]);

/** The policy objects that were read, each once. */
export const policyObjects = remembered((seen: Seen): readonly SeenObject[] => {
  const objectOf = objectsByPolicy(seen);
  const found = new Set<SeenObject>();
  const add = (group: string, policy: PolicyRef) => {
    const object = objectOf(group, policy);
    if (object !== undefined && isPolicy(object)) found.add(object);
  };
  for (const { policy } of seen.reading.rules) add('networking.k8s.io', policy);
  for (const { policy } of seen.reading.isolations) add('networking.k8s.io', policy);
  for (const { kind, policy, otherwise } of seen.reading.others)
    if (otherwise === undefined) add(groupOf(kind), policy);
  return [...found];
});

/** An object that controllers write policies for is none. */
function isPolicy({ ref }: SeenObject): boolean {
  return ref.kind.endsWith('Policy');
}

/** Parts of one written rule stand beside each other, and have its direction, action and position. */
function isSameRule(a: Rule, b: Rule): boolean {
  return a.policy === b.policy && a.direction === b.direction && a.action === b.action && a.index === b.index;
}

function seenRule(object: SeenObject, parts: readonly Rule[], isEnforced: boolean): SeenRule {
  const [{ direction, action }] = parts;
  return { object, path: pathOf(object, parts[0]), direction, action, parts, isEnforced };
}

function pathOf(object: SeenObject, { direction, action, index }: Rule): FieldPath {
  // Objects for which controllers write policies have no rules of their own.
  if (!isPolicy(object)) return ['kind'];
  const { spec, specs } = object.json;
  if (specs !== undefined) return ['specs'];
  const name =
    action === 'deny' && isObject(spec) && spec[`${direction}Deny`] !== undefined ? `${direction}Deny` : direction;
  return ['spec', name, index];
}

/** Finds the object of a policy by its identity; one that a controller writes by where its template stands. */
const objectsByPolicy = remembered((seen: Seen): ((group: string, policy: PolicyRef) => SeenObject | undefined) => {
  let bySource: Map<string, SeenObject> | undefined;
  const find = (group: string, policy: PolicyRef) => {
    const found = objectNamed(seen, group, policy);
    if (found !== undefined || policy.source === undefined) return found;
    bySource ??= new Map(seen.objects.map((object) => [object.sourceOf(), object]));
    return bySource.get(policy.source);
  };
  // All that is read of a policy shares its reference.
  const known = new Map<PolicyRef, { readonly group: string; readonly found: SeenObject | undefined }>();
  return (group, policy) => {
    const before = known.get(policy);
    if (before?.group === group) return before.found;
    const found = find(group, policy);
    known.set(policy, { group, found });
    return found;
  };
});
