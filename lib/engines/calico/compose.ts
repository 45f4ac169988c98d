import { doubtOfPolicies, problemsOf, whereOf } from '../../kinds/doubtful';
import { objectText } from '../../kinds/manifest';
import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import { experimentalFields, ofChannel } from '../../kinds/policy.networking.k8s.io/experimental';
import {
  ADMIN_LAYER,
  ADMIN_NETWORK_POLICY,
  BASELINE_ADMIN_NETWORK_POLICY,
  BASELINE_LAYER,
  CLUSTER_NETWORK_POLICY,
} from '../../kinds/policy.networking.k8s.io/kind-names';
import type { PolicyReading } from '../../kinds/policy-reading';
import { podsByCalico, takenBy } from '../../kinds/projectcalico.org';
import { isolationsAsMeant, rulesAsMeant } from '../../kinds/selectors-as-meant';
import { asUncertain } from '../../kinds/uncertain-policy';
import type { Isolation, Layer, Plane, PlaneDoubt, PolicyRef, Rule } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';

const GROUP = 'projectcalico.org/';
const ADMIN_KINDS: readonly string[] = [ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY];

/**
 * Of the Network Policy API: its second generation from 3.32 on, which no longer knows the first
 * (libcalico-go/lib/backend/k8s/conversion). Without a version, what any of them enforces.
 */
export function sharedKinds(version: string | undefined): readonly string[] {
  return [
    ...(version === undefined || !isAtLeast(version, '3.32') ? ADMIN_KINDS : []),
    ...(isAtLeast(version, '3.32') ? [CLUSTER_NETWORK_POLICY] : []),
  ];
}

/** Order of the NetworkPolicies of Kubernetes in the tier `default`. */
const KUBERNETES_ORDER = 1000;

interface Tier {
  readonly name: string;
  readonly order: number;
  readonly otherwise: Layer['otherwise'];
}

/** One policy with its place in its tier. */
interface Placed {
  readonly tier: string;
  readonly order: number;
  /** What decides among policies of one order. */
  readonly tie: string;
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
}

/**
 * Tiers in their order; in each, policies by order and then by name, and rules as they stand (felix/calc, `TierLess`,
 * `PolKVLess`). The first rule that matches decides, and Pass leaves the rest of the tier out. At the end of a tier its
 * default action meets what any of its policies selects in the direction; whom none selects goes on to the next tier, and
 * after the last one traffic passes, by the profile that every namespace has.
 *
 * NetworkPolicies are among the policies of the tier `default`. They allow and never deny, so that in which order they
 * themselves are asked means nothing.
 */
export function compose({ rules, isolations, others = [] }: PoliciesRead, facts: ComposeFacts): Plane {
  const version = facts.version ?? versionOf(others);
  const ofCalico = others.filter((reading) => isEnforced(reading, facts.version)).map(asCalicoTakesIt);
  const { taken: enforced, doubts: notTaken } = takenBy(ofCalico, facts.version);
  const tiers = [...builtIn(version), ...enforced.flatMap(tierOf)];
  const placed = [
    ...kubernetesPolicies(rulesAsMeant(rules, podsByCalico), isolationsAsMeant(isolations, podsByCalico), version),
    ...enforced.flatMap((reading) => placeOf(reading, version)),
  ];
  const unknown = [...new Set(placed.map(({ tier }) => tier))].filter((name) => !tiers.some((it) => it.name === name));
  const mixed = ofBothGenerations(enforced);
  const undecided =
    mixed.length > 0
      ? [...mixed, ...unknown.filter((name) => !TIERS_OF_ADMINS.has(name)).map((name) => unknownTier(name, placed))]
      : [...unknown.map((name) => unknownTier(name, placed)), ...unknownPeers(enforced)];
  const doubts = [...notTaken, ...undecided];
  const known = inOrder([...tiers, ...unknown.map((name): Tier => ({ name, order: Infinity, otherwise: 'deny' }))]);
  return {
    name: 'calico',
    layers: known.map((tier) => layerOf(tier, placed)).filter(decidesSomething),
    ipBlockMode: facts.ipBlockMode,
    // `podToDefaultWorkloadEndpoint` (libcalico-go/lib/backend/k8s/conversion) has looked at init containers since 3.30.
    namesOf: isAtLeast(facts.version, '3.30') ? ['init', 'sidecar'] : [],
    ...problemsOf(doubts),
  };
}

function isEnforced({ kind, isStaged }: PolicyReading, version: string | undefined): boolean {
  return isStaged !== true && (kind.startsWith(GROUP) || sharedKinds(version).includes(kind));
}

/** Where nobody says the version: one that has the kinds that are there. */
function versionOf(others: readonly PolicyReading[]): string | undefined {
  return others.some(({ kind }) => ADMIN_KINDS.includes(kind)) ? '3.31' : undefined;
}

/** Of AdminNetworkPolicy it has the release 0.1.5, of ClusterNetworkPolicy 0.2.0, where names of ports are for everybody. */
function asCalicoTakesIt(reading: PolicyReading): PolicyReading {
  const fields = reading.kind.startsWith(GROUP) ? [] : experimentalFields(reading, '0.2.0');
  return fields.length > 0 ? asUncertain(reading, ofChannel(fields)) : reading;
}

function ofBothGenerations(enforced: readonly PolicyReading[]): PlaneDoubt[] {
  const tier = enforced.find(({ kind }) => kind === CLUSTER_NETWORK_POLICY);
  const admin = enforced.find(({ kind }) => ADMIN_KINDS.includes(kind));
  if (tier === undefined || admin === undefined) return [];
  const problem: Problem = {
    rule: 'engine-mixed',
    ...whereOf(admin.policy),
    what: `${objectText(admin.policy)} is enforced up to Calico 3.31, and ${objectText(tier.policy)} from 3.32 on, so that no cluster enforces both`,
    value: admin.kind,
    allowed: 'one of the two',
    fix: 'Say which version the cluster runs, and leave out what is for another.',
  };
  return [
    doubtOfPolicies(
      problem,
      enforced.filter(({ kind }) => kind === CLUSTER_NETWORK_POLICY || ADMIN_KINDS.includes(kind)),
    ),
  ];
}

/** Peers that Calico does not make rules of, and of which nothing here knows what it does with them. */
function unknownPeers(enforced: readonly PolicyReading[]): PlaneDoubt[] {
  return enforced
    .filter(({ kind }) => ADMIN_KINDS.includes(kind))
    .flatMap((reading) => {
      const fields = experimentalFields(reading).filter((field) => field !== 'named ports');
      return fields.length === 0 ? [] : [doubtOfPolicies(unknownPeer(reading, fields.join(' and ')), [reading])];
    });
}

function unknownPeer({ policy }: PolicyReading, fields: string): Problem {
  return {
    rule: 'unread-policy',
    ...whereOf(policy),
    what: `${objectText(policy)} has ${fields} as peers, and what Calico makes of them is not known here`,
    value: fields,
    allowed: 'namespaces, pods and networks',
    fix: 'Name the addresses as networks.',
  };
}

/** Names changed with the kinds that Calico puts into them (libcalico-go/lib/names; api/pkg/apis/projectcalico/v3). */
function builtIn(version: string | undefined): Tier[] {
  const isNew = isAtLeast(version, '3.32');
  return [
    { name: isNew ? 'kube-admin' : 'adminnetworkpolicy', order: 1_000, otherwise: 'next' },
    { name: 'default', order: 1_000_000, otherwise: 'deny' },
    { name: isNew ? 'kube-baseline' : 'baselineadminnetworkpolicy', order: 10_000_000, otherwise: 'next' },
  ];
}

function tierOf({ rank, otherwise }: PolicyReading): Tier[] {
  return rank === undefined || otherwise === undefined ? [] : [{ name: rank.layer, order: rank.order, otherwise }];
}

/** By order and then by name; one that is declared and built in is one. */
function inOrder(tiers: readonly Tier[]): Tier[] {
  const byName = new Map(tiers.map((tier) => [tier.name, tier]));
  return [...byName.values()].sort((a, b) => compareNumbers(a.order, b.order) || compareTexts(a.name, b.name));
}

function layerOf({ name, otherwise }: Tier, placed: readonly Placed[]): Layer {
  const own = placed
    .filter(({ tier }) => tier === name)
    .sort((a, b) => compareNumbers(a.order, b.order) || compareTexts(a.tie, b.tie));
  return {
    name,
    order: 'ranked',
    rules: own.flatMap(({ rules }) => rules),
    isolations: own.flatMap(({ isolations }) => isolations),
    otherwise,
  };
}

/** A tier that selects nobody is as if it were not there. */
function decidesSomething({ rules, isolations }: Layer): boolean {
  return rules.length > 0 || isolations.length > 0;
}

const TIER_OF_LAYER: Readonly<Record<string, string>> = {
  Admin: 'kube-admin',
  Baseline: 'kube-baseline',
  [ADMIN_LAYER]: 'adminnetworkpolicy',
  [BASELINE_LAYER]: 'baselineadminnetworkpolicy',
};

/** Where nothing says which generation there is, one of them is in a tier that nobody has. */
const TIERS_OF_ADMINS: ReadonlySet<string> = new Set(Object.values(TIER_OF_LAYER));

function placeOf({ kind, policy, rank, otherwise, rules, isolations }: PolicyReading, version?: string): Placed[] {
  if (rank === undefined || otherwise !== undefined) return [];
  const isOurs = kind.startsWith(GROUP);
  const tier = isOurs ? rank.layer : TIER_OF_LAYER[rank.layer];
  // Names of the first generation all get one prefix, so that it says nothing.
  const tie = ADMIN_KINDS.includes(kind)
    ? policy.name
    : tieOf(policy, isOurs ? policy.kind : 'KubernetesClusterNetworkPolicy', rank.layer, version);
  if (isOurs) return [{ tier, order: rank.order, tie, rules, isolations }];
  const meant = { rules: rulesAsMeant(rules, podsByCalico), isolations: isolationsAsMeant(isolations, podsByCalico) };
  return [{ tier, order: rank.order, tie, ...meant }];
}

function kubernetesPolicies(
  rules: readonly Rule[],
  isolations: readonly Isolation[],
  version: string | undefined,
): Placed[] {
  const byPolicy = new Map<string, { rules: Rule[]; isolations: Isolation[] }>();
  const of = ({ policy }: { readonly policy: PolicyRef }) => {
    const tie = tieOf(policy, 'KubernetesNetworkPolicy', 'default', version);
    const known = byPolicy.get(tie) ?? { rules: [], isolations: [] };
    byPolicy.set(tie, known);
    return known;
  };
  for (const rule of rules) of(rule).rules.push(rule);
  for (const isolation of isolations) of(isolation).isolations.push(isolation);
  return [...byPolicy].map(([tie, policy]) => ({ tier: 'default', order: KUBERNETES_ORDER, tie, ...policy }));
}

/** From 3.32 on by name, namespace and kind; before by namespace and name, which has a prefix. */
function tieOf({ name, namespace }: PolicyRef, kind: string, tier: string, version: string | undefined): string {
  if (isAtLeast(version, '3.32')) return `${name}/${namespace ?? ''}/${kind}`;
  const prefix = kind === 'KubernetesNetworkPolicy' ? 'knp.default.' : name.includes('.') ? '' : `${tier}.`;
  return `${namespace === undefined ? '' : `${namespace}/`}${prefix}${name}`;
}

/** Whom none of its policies selects, a tier decides nothing about, wherever it stands. */
function unknownTier(name: string, placed: readonly Placed[]): PlaneDoubt {
  const own = placed.filter(({ tier }) => tier === name);
  const [first] = own.flatMap(({ rules, isolations }) => [...rules, ...isolations]);
  const problem: Problem = {
    rule: 'calico-tier',
    ...(first && whereOf(first.policy)),
    what: `Policies are in the tier '${name}', of which nothing says where it stands among the others`,
    value: name,
    allowed: 'the tiers that Calico makes by itself, and tiers among the manifests',
    fix: 'Put the Tier beside the policies.',
  };
  return doubtOfPolicies(problem, own);
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
