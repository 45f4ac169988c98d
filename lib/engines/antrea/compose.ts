import { clashes } from '../../kinds/clashes';
import { STATIC_TIERS } from '../../kinds/crd.antrea.io';
import { doubtOfPolicies, problemsOf, whereOf } from '../../kinds/doubtful';
import { objectText } from '../../kinds/manifest';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import {
  ADMIN_LAYER,
  ADMIN_NETWORK_POLICY,
  BASELINE_ADMIN_NETWORK_POLICY,
  BASELINE_LAYER,
  CLUSTER_NETWORK_POLICY,
} from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import { asUncertain, type Uncertainty } from '../../kinds/uncertain-policy';
import type { Isolation, Layer, Plane, PlaneDoubt, Rule } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';
import { layerOf } from '../cluster-network-policy/compose-layers';

const POLICY_KINDS = ['crd.antrea.io/NetworkPolicy', 'crd.antrea.io/ClusterNetworkPolicy'];
const TIER = 'crd.antrea.io/Tier';

/** What is read beside NetworkPolicy. */
export const ANTREA_KINDS: readonly string[] = [...POLICY_KINDS, TIER];

/** What is enforced beside its own kinds; each behind a feature gate that is off unless it was switched on. */
export function sharedKinds(version: string | undefined): readonly string[] {
  const admin = [ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY];
  return isAtLeast(version, '2.7') ? [...admin, CLUSTER_NETWORK_POLICY] : admin;
}

const BASELINE = 'baseline';

/**
 * The rules of every tier but baseline in one order, then NetworkPolicy, then those of baseline for what no NetworkPolicy
 * isolates (docs/antrea-network-policy.md, "Static tiers"). The tiers are one layer, since Pass goes past all that are left
 * of them.
 *
 * Rules are asked by the priority of their tier, the priority of their policy, and then their position, whichever policy
 * they are of: the second rules of two policies come after the first of both ("Notes and constraints"; `testACNPRulePriority`
 * in test/e2e/antreapolicy_test.go). Where all three are equal the order is not defined.
 *
 * Policies of the Network Policy API are behind gates, so that each may be there or not: AdminNetworkPolicy after the tiers,
 * the tier Admin of ClusterNetworkPolicy among them at 220, the baseline ones after that of Antrea (docs/admin-network-policy.md,
 * docs/feature-gates.md).
 */
export function compose(policiesRead: PoliciesRead, { ipBlockMode, version }: ComposeFacts): Plane {
  const { rules, isolations, leftOut = [], others = [] } = policiesRead;
  const policies = others.filter(({ kind, refused }) => POLICY_KINDS.includes(kind) && refused === undefined);
  const tiers = others.filter(({ kind, problems }) => kind === TIER && problems.length === 0);
  const shared = others
    .filter(({ kind }) => sharedKinds(version).includes(kind))
    .map((it) => asUncertain(it, BEHIND_A_GATE));
  const priorityOf = tierPriorities(tiers);
  const doubts = [
    ...unknownTiers(policies, priorityOf),
    ...equalTiers(tiers, policies),
    ...clashes(policies, (a, b) => a.index === b.index),
    ...clashes(shared),
  ];
  const isBaseline = (policy: PolicyReading) => policy.rank?.layer === BASELINE;
  const tiersOfApi = shared.filter(({ rank }) => rank?.layer === 'Admin').map(inTierOfAdmin);
  return {
    name: 'antrea',
    layers: [
      ranked('tiers', [...policies.filter((it) => !isBaseline(it)), ...tiersOfApi], priorityOf),
      ...presentLayer(ADMIN_LAYER, shared),
      {
        name: 'NetworkPolicy',
        order: 'union',
        rules: [...rules, ...leftOut],
        isolations: [...isolations, ...leftOut.map(isolationOf)],
        otherwise: 'deny',
      },
      ranked(BASELINE, policies.filter(isBaseline), priorityOf),
      ...presentLayer(BASELINE_LAYER, shared),
      ...presentLayer('Baseline', shared),
    ],
    ipBlockMode,
    // `podToGroupMember` (pkg/controller/networkpolicy) looks at no init container, sidecars included.
    namesOf: [],
    ...problemsOf(doubts),
  };
}

/** Rules of a NetworkPolicy count whatever its policyTypes say, and isolate (`processNetworkPolicy`, pkg/controller). */
function isolationOf({ policy, direction, subject }: Rule): Isolation {
  return { policy, direction, subject };
}

const BEHIND_A_GATE: Uncertainty = {
  why: 'Antrea has its kind behind a feature gate that is off unless it was switched on',
  fix: 'Write it as a ClusterNetworkPolicy of crd.antrea.io.',
};

/** Where the tier Admin of ClusterNetworkPolicy stands among those of Antrea. */
const PRIORITY_OF_ADMIN = 220;

/** No tier of Antrea can have this name. */
const TIER_OF_ADMIN = 'ClusterNetworkPolicy Admin';

function inTierOfAdmin(reading: PolicyReading): PolicyReading {
  return { ...reading, rank: { layer: TIER_OF_ADMIN, order: reading.rank?.order ?? 0 } };
}

function presentLayer(name: string, policies: readonly PolicyReading[]): Layer[] {
  return policies.some(({ rank }) => rank?.layer === name) ? [layerOf(name, policies)] : [];
}

type Priorities = ReadonlyMap<string, number>;

function tierPriorities(tiers: readonly PolicyReading[]): Priorities {
  const own = tiers.map(({ policy, rank }) => [policy.name, rank?.order ?? 0] as const);
  return new Map([...own, ...Object.entries(STATIC_TIERS), [TIER_OF_ADMIN, PRIORITY_OF_ADMIN]]);
}

function ranked(name: string, policies: readonly PolicyReading[], priorityOf: Priorities): Layer {
  const placed = policies
    .flatMap((policy) => policy.rules.map((rule) => ({ rule, place: placeOf(policy, rule, priorityOf) })))
    .sort((a, b) => comparePlaces(a.place, b.place));
  return { name, order: 'ranked', rules: placed.map(({ rule }) => rule), isolations: [], otherwise: 'next' };
}

/** By the name of the policy at last, so that the order is one and the same. */
type Place = readonly [tier: number, priority: number, index: number, policy: string];

function placeOf({ rank, policy }: PolicyReading, { index }: Rule, priorityOf: Priorities): Place {
  const tier = priorityOf.get(rank?.layer ?? '') ?? Number.POSITIVE_INFINITY;
  return [tier, rank?.order ?? 0, index, objectText(policy)];
}

function comparePlaces(a: Place, b: Place): number {
  const at = a.findIndex((part, i) => part !== b[i]);
  if (at < 0) return 0;
  return (a[at] as number | string) < (b[at] as number | string) ? -1 : 1;
}

function unknownTiers(policies: readonly PolicyReading[], priorityOf: Priorities): PlaneDoubt[] {
  const known = [...priorityOf.keys()].filter((name) => name !== TIER_OF_ADMIN).join(', ');
  return policies
    .filter(({ rank }) => rank !== undefined && !priorityOf.has(rank.layer))
    .map((reading) => doubtOfPolicies(unknownTier(reading, known), [reading]));
}

function unknownTier({ policy, rank }: PolicyReading, known: string): Problem {
  return {
    rule: 'antrea-tier',
    ...whereOf(policy),
    what: `${objectText(policy)} is in the tier ${rank?.layer}, which is not among the manifests, so that nobody knows when it is asked`,
    value: rank?.layer,
    allowed: known,
    fix: 'Read the Tier with the policies.',
  };
}

/** Of one that is refused nobody knows when its policies are asked, nor those of the other, where it is that one instead. */
function equalTiers(tiers: readonly PolicyReading[], policies: readonly PolicyReading[]): PlaneDoubt[] {
  return tiers.flatMap(({ policy, rank }, i) => {
    const same = tiers.slice(0, i).find((it) => it.rank?.order === rank?.order && it.policy.name !== policy.name);
    if (same === undefined) return [];
    const problem: Problem = {
      rule: 'antrea-tier',
      ...whereOf(policy),
      what: `The tiers ${same.policy.name} and ${policy.name} have the same priority, which Antrea refuses`,
      value: String(rank?.order),
      allowed: 'a priority of its own for each tier',
    };
    const names = [same.policy.name, policy.name];
    const inThem = policies.filter((it) => it.rank !== undefined && names.includes(it.rank.layer));
    return [doubtOfPolicies(problem, inThem)];
  });
}
