import { into } from '../model/into';
import type { Direction } from '../model/layer';
import { podSetsIntersect } from '../model/pod-set';
import { remembered } from '../model/remembered';
import { within } from '../model/within';
import { byNamespace } from './by-namespace';
import type { Check, CheckFinding } from './check';
import { hasGroup, type Seen, type SeenObject } from './seen';
import { isolationsOf, type SeenRule, seenRules } from './seen-rules';

/** Of kinds that isolate nobody by being there; one finding for each policy and direction. */
export const allowIsolatesNobody: Check = {
  id: 'allow-isolates-nobody',
  level: 'warning',
  title: 'a list of what is allowed where everything is',
  why: 'Policies of this kind take nothing away by themselves: what no rule is about passes, so that allowing it changes nothing',
  fix: 'Add a rule at the end, or a policy of the lowest tier, that denies what was not allowed.',
  avoid: antrea(''),
  prefer: antrea('\n    - { name: rest, action: Drop }'),
  source: 'Antrea "Antrea Network Policy CRDs"; network-policy-api 0.3.0 (nothing is isolated by being selected)',
  *find(seen) {
    if (!hasGroup(seen, GROUPS)) return;
    const asked = seenRules(seen).filter((rule) => rule.isEnforced && isOfSuchKind(rule.object));
    if (asked.length === 0) return;
    for (const rules of byPolicy(asked)) {
      if (rules.every(({ action }) => action === 'allow') && rules.every((rule) => !isKeptFromAnything(rule, seen))) {
        yield finding(rules);
      }
    }
  },
};

function antrea(more: string): string {
  return `apiVersion: crd.antrea.io/v1beta1
kind: NetworkPolicy
metadata: { name: weaviate, namespace: data }
spec:
  priority: 5
  appliedTo: [{ podSelector: { matchLabels: { app: weaviate } } }]
  ingress:
    - name: agents
      action: Allow
      from: [{ podSelector: { matchLabels: { app: agent } } }]
      ports: [{ protocol: TCP, port: 8080 }]${more}
`;
}

function isOfSuchKind({ group }: SeenObject): boolean {
  return GROUPS.includes(group);
}

const GROUPS: readonly string[] = ['crd.antrea.io', 'policy.networking.k8s.io'];

/** Rules of each policy and direction. */
function byPolicy(rules: readonly SeenRule[]): SeenRule[][] {
  const found = new Map<SeenObject, Map<Direction, SeenRule[]>>();
  for (const rule of rules) into(within(found, rule.object), rule.direction, rule);
  return [...found.values()].flatMap((directions) => [...directions.values()]);
}

/** Whether anything that was read isolates some of the same pods, or denies them something. */
function isKeptFromAnything({ direction, parts }: SeenRule, seen: Seen): boolean {
  const near = closing(seen)[direction];
  return parts.some((part) => near(part.subject).some((subject) => podSetsIntersect(part.subject, subject)));
}

const closing = remembered((seen: Seen) => {
  const isolations = isolationsOf(seen);
  const denials = seenRules(seen).filter(({ action, isEnforced }) => action !== 'allow' && isEnforced);
  const of = (direction: SeenRule['direction']) =>
    byNamespace(
      [
        ...isolations.filter((each) => each.direction === direction).map(({ subject }) => subject),
        ...denials
          .filter((each) => each.direction === direction)
          .flatMap(({ parts }) => parts.map(({ subject }) => subject)),
      ],
      (subject) => subject,
    );
  return { ingress: of('ingress'), egress: of('egress') };
});

function finding([{ object, direction }]: readonly SeenRule[]): CheckFinding {
  return {
    object,
    path: ['spec', direction],
    what: `it allows ${direction}, and nothing that was read denies any to these pods`,
    value: direction,
    allowed: 'allowing rules with a denial behind them',
  };
}
