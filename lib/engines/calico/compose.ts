import type { ComposeFacts, PoliciesRead } from '../../kinds/policies-read';
import type { PolicyReading } from '../../kinds/policy-reading';
import { podsByCalico } from '../../kinds/projectcalico.org';
import type { Isolation, Layer, Plane, PolicyRef, Rule } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';
import { isolationsAsMeant, rulesAsMeant } from '../labels-of-engine';
import { takenBy } from './versions';

const GROUP = 'projectcalico.org/';
/** Enforced from 3.32 on, which no longer knows AdminNetworkPolicy (libcalico-go/lib/backend/k8s/conversion). */
export const CLUSTER_NETWORK_POLICY = 'policy.networking.k8s.io/ClusterNetworkPolicy';

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
  const ofCalico = others.filter((reading) => isEnforced(reading, facts.version));
  const { taken: enforced, problems } = takenBy(ofCalico, facts.version);
  const tiers = [...builtIn(facts.version), ...enforced.flatMap(tierOf)];
  const placed = [
    ...kubernetesPolicies(
      rulesAsMeant(rules, podsByCalico),
      isolationsAsMeant(isolations, podsByCalico),
      facts.version,
    ),
    ...enforced.flatMap((reading) => placeOf(reading, facts.version)),
  ];
  const unknown = [...new Set(placed.map(({ tier }) => tier))].filter((name) => !tiers.some((it) => it.name === name));
  const known = inOrder([...tiers, ...unknown.map((name): Tier => ({ name, order: Infinity, otherwise: 'deny' }))]);
  return {
    name: 'calico',
    layers: known.map((tier) => layerOf(tier, placed)).filter(decidesSomething),
    ipBlockMode: facts.ipBlockMode,
    // `podToDefaultWorkloadEndpoint` (libcalico-go/lib/backend/k8s/conversion) has looked at init containers since 3.30.
    namesOf: isAtLeast(facts.version, '3.30') ? ['init', 'sidecar'] : [],
    ...(problems.length + unknown.length > 0 && { problems: [...problems, ...unknown.map(unknownTier)] }),
  };
}

function isEnforced({ kind, isStaged }: PolicyReading, version: string | undefined): boolean {
  if (isStaged === true) return false;
  return kind.startsWith(GROUP) || (kind === CLUSTER_NETWORK_POLICY && isAtLeast(version, '3.32'));
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

const OF_CLUSTER_NETWORK_POLICY: Readonly<Record<string, string>> = { Admin: 'kube-admin', Baseline: 'kube-baseline' };

function placeOf({ kind, policy, rank, otherwise, rules, isolations }: PolicyReading, version?: string): Placed[] {
  if (rank === undefined || otherwise !== undefined) return [];
  const isOurs = kind.startsWith(GROUP);
  const tier = isOurs ? rank.layer : OF_CLUSTER_NETWORK_POLICY[rank.layer];
  const tie = tieOf(policy, isOurs ? policy.kind : 'KubernetesClusterNetworkPolicy', rank.layer, version);
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

function unknownTier(name: string): Problem {
  return {
    rule: 'calico-tier',
    what: `Policies are in the tier '${name}', of which nothing says where it stands among the others`,
    value: name,
    allowed: 'the tiers that Calico makes by itself, and tiers among the manifests',
    fix: 'Put the Tier beside the policies.',
  };
}

function compareNumbers(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
