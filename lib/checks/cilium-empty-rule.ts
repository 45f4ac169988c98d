import { isObject } from '../kinds/field';
import type { Check, CheckFinding } from './check';
import { hasGroup, type SeenObject } from './seen';

/** Alone in its list it is how everything is denied, unless the name says the contrary. */
export const ciliumEmptyRule: Check = {
  id: 'cilium-empty-rule',
  level: 'warning',
  title: 'an empty rule of Cilium taken for everything',
  why: 'On Cilium {} names nobody and lets nothing through, where in a NetworkPolicy it lets everything through',
  fix: 'Write whom it is for: fromEntities: [all] or toEntities: [all] for everybody; take it out where the other rules are all that is meant.',
  avoid: policy('- {}'),
  prefer: policy('- fromEntities: [all]'),
  source: 'cilium 1.20.2, pkg/policy/rule.go',
  *find(seen) {
    if (!hasGroup(seen, ['cilium.io'])) return;
    for (const object of seen.objects)
      if (object.group === 'cilium.io' && KINDS.includes(object.ref.kind)) yield* found(object);
  },
};

const KINDS = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'];

function policy(rule: string): string {
  return `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: allow-all, namespace: models }
spec:
  endpointSelector: {}
  ingress:
    ${rule}
`;
}

function* found(object: SeenObject): Generator<CheckFinding> {
  const { spec } = object.json;
  if (!isObject(spec)) return;
  for (const list of ['ingress', 'egress'] as const) {
    const rules = spec[list];
    if (!Array.isArray(rules)) continue;
    const index = rules.findIndex((rule) => isObject(rule) && Object.keys(rule).length === 0);
    const isMeant = rules.length === 1 && !/(^|[-.])(allow|open|permit)/.test(object.ref.name);
    if (index === -1 || isMeant) continue;
    yield {
      object,
      path: ['spec', list, index],
      what:
        rules.length === 1
          ? 'it denies everything, and its name says that it allows'
          : 'it lets nothing through beside the other rules',
      value: '{}',
      allowed: 'rules with peers or ports',
    };
  }
}
