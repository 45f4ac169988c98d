import type { Direction, Isolation, Plane, PolicyRef, Rule } from '../model/layer';

/** A policy, or one of the rules that it is written in: what could be taken out of a set of policies. */
export interface Part {
  readonly policy: PolicyRef;
  /** Absent for the policy as a whole. */
  readonly rule?: Pick<Rule, 'direction' | 'index' | 'action'>;
  /** Whether a rule or isolation of a plane goes with it. */
  readonly has: (item: Rule | Isolation) => boolean;
}

export interface Parts {
  readonly policies: readonly Part[];
  readonly rules: readonly Part[];
}

/**
 * The policies of a plane, and their rules as they are written, in one order whatever the order of files. Left out is what
 * is not certain: nobody knows what goes with it.
 */
export function partsOf({ layers }: Plane): Parts {
  const items = layers.flatMap(({ rules, isolations }) => [...rules, ...isolations]);
  const uncertain = new Set(items.filter(({ isUncertain }) => isUncertain).map(({ policy }) => policyKey(policy)));
  const certain = items.filter(({ policy }) => !uncertain.has(policyKey(policy)));
  const policies = unique(certain, ({ policy }) => policyKey(policy)).map(
    ([key, { policy }]): Part => ({ policy, has: (item) => policyKey(item.policy) === key }),
  );
  const written = unique(certain.filter(isRule), ruleKey);
  const lists = new Map<string, number>();
  for (const [, rule] of written) lists.set(listKey(rule), (lists.get(listKey(rule)) ?? 0) + 1);
  const rules = written.map(([key, rule]): Part => {
    // A list that becomes empty may no longer isolate: then that has to change nothing either.
    const isLast = lists.get(listKey(rule)) === 1;
    const { policy, direction, index, action } = rule;
    const has = (item: Rule | Isolation) =>
      isRule(item) ? ruleKey(item) === key : isLast && listKey(item) === listKey(rule);
    return { policy, rule: { direction, index, action }, has };
  });
  return { policies, rules };
}

export function isRule(item: Rule | Isolation): item is Rule {
  return 'action' in item;
}

function unique<T>(all: readonly T[], keyOf: (one: T) => string): (readonly [string, T])[] {
  const byKey = new Map<string, T>();
  for (const one of all) if (!byKey.has(keyOf(one))) byKey.set(keyOf(one), one);
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Text that is equal for one policy and no other. */
export function policyKey({ kind, namespace = '', name, source = '' }: PolicyRef): string {
  return [kind, namespace, name, source].join('\n');
}

function listKey({ policy, direction }: { readonly policy: PolicyRef; readonly direction: Direction }): string {
  return `${policyKey(policy)}\n${direction}`;
}

function ruleKey(rule: Rule): string {
  return `${listKey(rule)}\n${rule.action}\n${String(rule.index).padStart(6, '0')}`;
}
