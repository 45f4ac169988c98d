import { isObject } from '../kinds/field';
import type { PolicyReading } from '../kinds/policy-reading';
import type { Direction, PolicyRef, Rule } from '../model/layer';
import type { PodSet } from '../model/pod-set';
import { covers, everything } from '../model/port-set';
import { remembered } from '../model/remembered';
import type { Check, CheckFinding } from './check';
import { objectOfReading } from './engine-problems';
import { at } from './network-policies';
import { podsSeen, workloadsText } from './pods-seen';
import type { Seen, SeenObject } from './seen';

/** On engines where whom a policy selects is isolated by that, whatever its rules do. */
export const denyAloneIsolates: Check = {
  id: 'deny-alone-isolates',
  level: 'warning',
  title: 'a policy that denies one thing, and with it everything',
  why: 'Cilium and Calico isolate what a policy with rules for a direction selects, so that beside what is denied nothing else passes either',
  fix: 'On Cilium say enableDefaultDeny: false for the direction; on Calico put the policy into a tier whose defaultAction is Pass; or allow what is needed.',
  avoid: cilium(''),
  prefer: cilium('\n  enableDefaultDeny: { egress: false }'),
  source:
    'Cilium documentation, "Policy Enforcement Modes" and "Layer 3 Policies" (enableDefaultDeny); Calico documentation, "Tier" (defaultAction)',
  *find(seen) {
    for (const reading of seen.reading.others) {
      if (reading.isStaged === true || !isolating(seen).has(reading.policy)) continue;
      // By its name it is meant.
      if (/quarantine|isolat|lock-?down|(default|all)-?deny|deny-?all/.test(reading.policy.name)) continue;
      for (const direction of ['ingress', 'egress'] as const) {
        const found = deniesAlone(reading, direction) ? isolatedBy(seen, reading, direction) : undefined;
        const object = found === undefined ? undefined : objectOfReading(seen, reading);
        if (found !== undefined && object !== undefined && !isWrittenDown(object, direction)) {
          yield finding(object, direction, found);
        }
      }
    }
  },
};

function cilium(more: string): string {
  return `apiVersion: v1
kind: Pod
metadata: { name: agent, namespace: agents, labels: { app: agent } }
spec: { containers: [{ name: agent }] }
---
apiVersion: cilium.io/v2
kind: CiliumClusterwideNetworkPolicy
metadata: { name: no-metadata-service }
spec:
  endpointSelector: {}${more}
  egressDeny:
    - toCIDR: [169.254.169.254/32]
`;
}

/** `ingress: [{}]` of Cilium lets nobody in, and is how a default deny is written. */
function isWrittenDown(object: SeenObject, direction: Direction): boolean {
  return object.group === 'cilium.io' && at(object.json, ['spec', direction]) !== undefined;
}

/** Every rule for the direction denies, there is one, and none that denies everything, which is meant as it is. */
function deniesAlone({ rules }: PolicyReading, direction: Direction): boolean {
  let count = 0;
  for (const rule of rules) {
    if (rule.direction !== direction) continue;
    if (rule.action !== 'deny' || isEverything(rule)) return false;
    count += 1;
  }
  return count > 0;
}

/** Of the protocols that have ports: to leave ICMP out is no exception that anybody means. */
const EVERY_PORT = { ...everything, other: false };

function isEverything({ peers, ports }: Rule): boolean {
  return covers(ports, EVERY_PORT) && peers.some(({ kind }) => kind === 'anything');
}

/** The workloads that nothing lets through and nothing else isolates, in words; nothing where there are none. */
function isolatedBy(seen: Seen, { policy, isolations }: PolicyReading, direction: Direction): Isolated | undefined {
  const { classes, find, of } = podsSeen(seen);
  if (classes.length === 0) return isOpenedSomewhere(seen, policy, direction) ? undefined : {};
  const otherwise = meantOtherwise(seen).get(policy)?.[direction];
  const ids = new Set<number>();
  for (const each of isolations) {
    if (each.direction !== direction || each.isUncertain) continue;
    for (const id of find(each.subject).surely) if (otherwise?.has(id) !== true) ids.add(id);
  }
  return ids.size === 0 ? undefined : { workloads: workloadsText(of(ids)) };
}

/** Whom it isolates; without workloads where the manifests show none at all. */
interface Isolated {
  readonly workloads?: string;
}

/** Policies that are kept apart from workloads: whether one of them says what passes, or isolates by itself. */
function isOpenedSomewhere(seen: Seen, policy: PolicyRef, direction: Direction): boolean {
  return seen.plane.plane.layers.some(
    ({ rules, isolations }) =>
      rules.some((rule) => rule.direction === direction && rule.action !== 'deny') ||
      isolations.some((each) => each.direction === direction && each.policy !== policy),
  );
}

/** Policies of layers in which who is isolated and not let through is denied. */
const isolating = remembered((seen: Seen): ReadonlySet<PolicyRef> => new Set(meantOtherwise(seen).keys()));

type Classes = Readonly<Record<Direction, ReadonlySet<number>>>;

/**
 * For each policy of a layer that denies whom it isolates: the classes of pods of which some policy says what passes, in that
 * layer or one before it, since what a later one allows is denied already; or that a policy of the layer isolates which
 * denies nothing by name.
 */
const meantOtherwise = remembered((seen: Seen): ReadonlyMap<PolicyRef, Classes> => {
  const { find } = podsSeen(seen);
  const found = new Map<PolicyRef, Classes>();
  const opened = { ingress: new Set<number>(), egress: new Set<number>() };
  const add = (to: Set<number>, subject: PodSet) => {
    const { surely, perhaps } = find(subject);
    for (const id of surely) to.add(id);
    for (const id of perhaps) to.add(id);
  };
  for (const { rules, isolations, otherwise } of seen.plane.plane.layers) {
    const denying = { ingress: new Set<PolicyRef>(), egress: new Set<PolicyRef>() };
    for (const { direction, action, policy, subject } of rules) {
      if (action === 'deny') denying[direction].add(policy);
      else add(opened[direction], subject);
    }
    if (otherwise !== 'deny') continue;
    const closed = { ingress: new Set(opened.ingress), egress: new Set(opened.egress) };
    for (const { direction, policy, subject } of isolations) {
      if (!denying[direction].has(policy)) add(closed[direction], subject);
    }
    for (const { policy } of isolations) found.set(policy, closed);
  }
  return found;
});

function finding(object: SeenObject, direction: Direction, { workloads }: Isolated): CheckFinding {
  const field = `${direction}Deny`;
  const isCilium = object.group === 'cilium.io';
  const isThere = isObject(at(object.json, ['spec'])) && at(object.json, ['spec', field]) !== undefined;
  return {
    object,
    path: isCilium ? (isThere ? ['spec', field] : ['specs']) : ['spec', direction],
    ...(workloads === undefined && { level: 'note' as const }),
    what:
      workloads === undefined
        ? `it says what is denied and isolates whom it selects: where no policy of another repository lets them any ${direction}, nothing passes`
        : `it says what is denied and isolates ${workloads}, and no policy lets them any ${direction}: nothing passes`,
    value: direction,
    fix: isCilium
      ? `Write enableDefaultDeny: { ${direction}: false } beside ${field}, or allow what is needed in a policy for the same pods.`
      : `Put it into a tier with defaultAction: Pass, or allow what is needed in a policy for the same pods.`,
  };
}
