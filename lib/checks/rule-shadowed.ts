import type { PolicyRank } from '../kinds/policy-reading';
import { into } from '../model/into';
import { podSetText } from '../model/pod-set';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { objectOfReading } from './engine-problems';
import { isCoveredBy } from './peers';
import { placeFrom } from './place-in';
import type { Seen, SeenObject } from './seen';
import { type SeenRule, seenRules } from './seen-rules';

/** Of kinds in which the first rule decides; among policies only where their order says which comes first. */
export const ruleShadowed: Check = {
  id: 'rule-shadowed',
  level: 'note',
  title: 'a rule that is never asked',
  why: 'The first rule that matches decides, and an earlier one matches all that this one is about',
  fix: 'Move the rule before the other one, or take it out.',
  avoid: `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  selector: app == 'weaviate'
  types: [Ingress]
  ingress:
    - { action: Allow, protocol: TCP, destination: { ports: [8080] } }
    - { action: Deny, protocol: TCP, source: { selector: app == 'guest' }, destination: { ports: [8080] } }
`,
  prefer: `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  selector: app == 'weaviate'
  types: [Ingress]
  ingress:
    - { action: Deny, protocol: TCP, source: { selector: app == 'guest' }, destination: { ports: [8080] } }
    - { action: Allow, protocol: TCP, destination: { ports: [8080] } }
`,
  source:
    'Calico "Network policy", order and rules; Antrea "Antrea Network Policy CRDs", rule evaluation; network-policy-api 0.3.0, ClusterNetworkPolicy',
  *find(seen) {
    for (const [rule, other] of shadowedRules(seen)) yield finding(rule, other);
  },
};

/** Each rule that is never asked, with the rule that decides before it. */
export const shadowedRules = remembered((seen: Seen): ReadonlyMap<SeenRule, SeenRule> => {
  const rankOf = ranks(seen);
  return new Map([...bySubject(seen, rankOf).values()].flatMap((rules) => shadowedAmong(rules, rankOf)));
});

const MOST_HELD_AGAINST = 200;

/** Where policies stand, by object. */
function ranks(seen: Seen): ReadonlyMap<SeenObject, PolicyRank> {
  const found = new Map<SeenObject, PolicyRank>();
  for (const reading of seen.reading.others) {
    const object = objectOfReading(seen, reading);
    if (object !== undefined && reading.rank !== undefined) found.set(object, reading.rank);
  }
  return found;
}

/** Rules of ranked kinds about the same pods in the same layer and direction, in the order of the manifests. */
function bySubject(seen: Seen, rankOf: ReadonlyMap<SeenObject, PolicyRank>): Map<string, SeenRule[]> {
  const found = new Map<string, SeenRule[]>();
  for (const rule of seenRules(seen)) {
    const rank = rankOf.get(rule.object);
    if (rank === undefined || !rule.isEnforced) continue;
    into(found, `${rank.layer} ${rule.direction} ${podSetText(rule.parts[0].subject)}`, rule);
  }
  return found;
}

function shadowedAmong(
  rules: readonly SeenRule[],
  rankOf: ReadonlyMap<SeenObject, PolicyRank>,
): (readonly [SeenRule, SeenRule])[] {
  const first = rules.slice(0, MOST_HELD_AGAINST);
  return rules.flatMap((rule) => {
    const other = first.find((each) => each !== rule && comesBefore(each, rule, rankOf) && covers(each, rule));
    return other === undefined ? [] : [[rule, other] as const];
  });
}

function finding(rule: SeenRule, other: SeenRule): CheckFinding {
  const place = placeFrom(rule.object, other);
  return {
    object: rule.object,
    path: rule.path,
    level: other.action === rule.action ? 'note' : 'warning',
    what: `${place} decides on all that this rule is about before it is asked`,
    value: place,
    allowed: 'rules that are asked',
  };
}

function comesBefore(a: SeenRule, b: SeenRule, rankOf: ReadonlyMap<SeenObject, PolicyRank>): boolean {
  if (a.object === b.object) return indexOf(a) < indexOf(b);
  return (rankOf.get(a.object)?.order ?? 0) < (rankOf.get(b.object)?.order ?? 0);
}

function indexOf({ parts }: SeenRule): number {
  return parts[0].index;
}

function covers(wide: SeenRule, narrow: SeenRule): boolean {
  return narrow.parts.every(
    (part) =>
      part.isUncertain !== true &&
      wide.parts.some(
        (other) => other.isUncertain !== true && other.requests === undefined && isCoveredBy(part, other),
      ),
  );
}
