import type { ClusterFacts } from '../model/cluster-facts';
import type { Endpoint } from '../model/endpoint';
import type { Flow, Waiver } from '../model/flow';
import type { Guardrail, HostGuardrail } from '../model/guardrail';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { Labels } from '../model/labels';
import { isEmptyPodSet, type PodSet, podSetText } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import { remembered } from '../model/remembered';
import { compareText, mergedFlows, uniqueTexts, uniqueWaivers } from './merged-flows';

export { compareText };

/** A namespace in which everything that no flow allows is denied. */
export interface GraphNamespace {
  readonly name: string;
  readonly purpose: string;
  /** `own`: we render the Namespace; `adopt`: it exists, and we render policies only. */
  readonly management: 'own' | 'adopt';
  /** Level of Pod Security that is enforced on it. */
  readonly podSecurity: string;
  /** Present where policies are only tried out: the engine reports what they would deny, and lets it pass. */
  readonly rollout?: 'audit';
  /** Every label that it has beside its name, sorted by key; absent where others own it, so that they are not known. */
  readonly labels?: Labels;
  readonly acknowledged: readonly Waiver[];
}

/** What a tier is for. `probe`: pods that try connections while a test runs, and their policies go with them. */
export const TIER_ROLES = ['tier', 'gateway', 'inference', 'agent', 'data', 'probe'] as const;

export type TierRole = (typeof TIER_ROLES)[number];

/** Pods of one kind in one namespace, under one policy. */
export interface GraphTier {
  readonly namespace: string;
  /** Unique in its namespace. */
  readonly name: string;
  readonly role: TierRole;
  readonly pods: PodSet;
  readonly notes: readonly string[];
  readonly acknowledged: readonly Waiver[];
}

/** A connection that is declared of policies which are not ours. */
export type GraphForeign = Pick<Flow, 'from' | 'to' | 'traffic' | 'because'>;

/** The declared graph: everything that a deployment, or a part of it, allows. `canonical` makes it from any order. */
export interface GraphData {
  /** The cluster that it is declared for, with everything that is known of it. */
  readonly cluster: ClusterFacts;
  /** Sorted by name. */
  readonly namespaces: readonly GraphNamespace[];
  /** Sorted by namespace and name. */
  readonly tiers: readonly GraphTier[];
  /** Sorted by ends (tiers, then pods of others, then addresses) and traffic; no two have the same ends and traffic. */
  readonly flows: readonly Flow[];
  /** Sorted by name; absent where there are none. */
  readonly guardrails?: readonly Guardrail[];
  /** Sorted by name; absent where there are none. */
  readonly hostGuardrails?: readonly HostGuardrail[];
  /** In the order of flows; absent where there are none. */
  readonly foreign?: readonly GraphForeign[];
}

/**
 * The graph in its one order, with what was said twice said once.
 *
 * Ends and traffic are what makes a flow: flows that have both the same become one, which keeps every reason, exception,
 * acknowledgement and note of them. Flows with the same ends and different traffic stay apart, even where their ports
 * overlap, since a reason belongs to the traffic that it was given for.
 *
 * @throws ZeroTrustError if names repeat, or if a flow has no reason, no traffic, an end that is nobody, no tier at either
 *   end, or names a tier that the graph does not hold with the same pods
 */
export function canonical(data: GraphData): GraphData {
  const problems = problemsOf(data);
  if (problems.length > 0) throw new ZeroTrustError(problems);
  const guardrails = byName(data.guardrails);
  const hostGuardrails = byName(data.hostGuardrails);
  const foreign = mergedForeign(data.foreign);
  return {
    cluster: canonicalCluster(data.cluster),
    namespaces: data.namespaces.map(canonicalNamespace).sort((a, b) => compareText(a.name, b.name)),
    tiers: data.tiers.map(canonicalTier).sort(compareTiers),
    flows: mergedFlows(data.flows),
    ...(guardrails && { guardrails }),
    ...(hostGuardrails && { hostGuardrails }),
    ...(foreign && { foreign }),
  };
}

function mergedForeign(foreign: readonly GraphForeign[] | undefined): readonly GraphForeign[] | undefined {
  if (!foreign?.length) return undefined;
  return mergedFlows(foreign.map((one) => ({ ...one, excepted: [], acknowledged: [], notes: [] }))).map(
    ({ from, to, traffic, because }) => ({ from, to, traffic, because }),
  );
}

function byName<T extends { readonly name: string }>(named: readonly T[] | undefined): readonly T[] | undefined {
  return named?.length ? [...named].sort((a, b) => compareText(a.name, b.name)) : undefined;
}

/** `namespace/name`: what a tier is known by in one graph. */
export function tierKey(tier: { readonly namespace: string; readonly name: string }): string {
  return `${tier.namespace}/${tier.name}`;
}

/** By namespace and then name, which is not the order of their keys: `ai-x/b` sorts before `ai/a`. */
export function compareTiers(a: GraphTier, b: GraphTier): number {
  return compareText(a.namespace, b.namespace) || compareText(a.name, b.name);
}

function canonicalCluster({ warnings, acknowledged, ...others }: ClusterFacts): ClusterFacts {
  return {
    ...others,
    ...(warnings?.length && { warnings: uniqueTexts(warnings) }),
    ...(acknowledged?.length && { acknowledged: uniqueWaivers(acknowledged) }),
  };
}

function canonicalNamespace(namespace: GraphNamespace): GraphNamespace {
  const { name, purpose, management, podSecurity, rollout, labels, acknowledged } = namespace;
  return {
    name,
    purpose,
    management,
    podSecurity,
    acknowledged: uniqueWaivers(acknowledged),
    ...(rollout && { rollout }),
    ...(labels && { labels: sortedByKey(labels) }),
  };
}

function sortedByKey(labels: Labels): Labels {
  return Object.fromEntries(Object.entries(labels).sort(([a], [b]) => compareText(a, b)));
}

function canonicalTier({ namespace, name, role, pods, notes, acknowledged }: GraphTier): GraphTier {
  return {
    namespace,
    name,
    role,
    pods,
    notes: uniqueTexts(notes),
    acknowledged: uniqueWaivers(acknowledged),
  };
}

function problemsOf(graph: GraphData): Problem[] {
  const tiers = new Map(graph.tiers.map((tier) => [tierKey(tier), tier]));
  return [
    ...repeated(graph.namespaces.map(({ name }) => name)).map((name) => malformed(`two namespaces are named ${name}`)),
    ...repeated(graph.tiers.map(tierKey)).map((key) => malformed(`two tiers are named ${key}`)),
    ...repeated([...(graph.guardrails ?? []), ...(graph.hostGuardrails ?? [])].map(({ name }) => name)).map((name) =>
      malformed(`two guardrails are named ${name}`),
    ),
    ...strayTiers(graph),
    ...graph.tiers
      .filter(({ pods }) => isEmptyPodSet(pods))
      .map((tier) => malformed(`the tier ${tierKey(tier)} selects no pod that could exist`)),
    ...flowProblems(graph.flows, tiers),
    ...foreignProblems(graph.foreign ?? [], tiers),
  ];
}

function repeated(texts: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return uniqueTexts(texts.filter((text) => seen.size === seen.add(text).size));
}

function strayTiers(graph: GraphData): Problem[] {
  const names = new Set(graph.namespaces.map(({ name }) => name));
  return graph.tiers
    .filter((tier) => !names.has(tier.namespace))
    .map((tier) => malformed(`the tier ${tierKey(tier)} is in a namespace that the graph does not hold`));
}

/** Ends and ports serve many flows, so each is looked at once. */
function flowProblems(flows: readonly Flow[], tiers: ReadonlyMap<string, GraphTier>): Problem[] {
  const ofEnd = remembered((end: Endpoint) => endProblems(end, tiers));
  const ofPorts = remembered(portProblems);
  const found: Problem[] = [];
  for (const flow of flows) {
    const { from, to, traffic } = flow;
    const problems = [...ofEnd(from), ...ofEnd(to), ...ofPorts(traffic.ports), ...flowProblemsOf(flow)];
    for (const what of problems) found.push(malformed(`the flow from ${endName(from)} to ${endName(to)} ${what}`));
  }
  return found;
}

function flowProblemsOf({ from, to, because, traffic }: Flow): string[] {
  const problems: string[] = [];
  if (from.kind !== 'tier' && to.kind !== 'tier') problems.push('has no tier at an end');
  if (from.kind === 'hosts') problems.push('comes from host names, which only ever lead to where connections go');
  if (traffic.requests?.length === 0) problems.push('lets no request through');
  if (because.length === 0) problems.push('has no reason');
  return problems;
}

/** Both ends may be others', or names: what others' policies say is not ours to limit. */
function foreignProblems(foreign: readonly GraphForeign[], tiers: ReadonlyMap<string, GraphTier>): Problem[] {
  return foreign.flatMap(({ from, to, because, traffic }) => {
    const problems = [...endProblems(from, tiers), ...endProblems(to, tiers), ...portProblems(traffic.ports)];
    if (because.length === 0) problems.push('has no reason');
    return problems.map((what) =>
      malformed(`what is declared of others from ${endName(from)} to ${endName(to)} ${what}`),
    );
  });
}

function portProblems(set: PortSet): string[] {
  if (ports.isEmpty(set)) return ['has no traffic'];
  return ports.isRenderable(set) ? [] : [`has traffic that no policy can say (${ports.portsText(set)})`];
}

function endProblems(end: Endpoint, tiers: ReadonlyMap<string, GraphTier>): string[] {
  if (isNobody(end)) return ['has an end that is nobody'];
  if (end.kind !== 'tier') return [];
  const tier = tiers.get(tierKey(end));
  if (!tier) return [`names the tier ${tierKey(end)}, which the graph does not hold`];
  if (tier.pods === end.pods || podSetText(tier.pods) === podSetText(end.pods)) return [];
  return [`takes the tier ${tierKey(end)} for other pods than the graph does`];
}

function isNobody(end: Endpoint): boolean {
  switch (end.kind) {
    case 'addresses':
      return ips.isEmpty(end.addresses);
    case 'hosts':
      return end.patterns.length === 0;
    case 'entity':
      return false;
    default:
      return isEmptyPodSet(end.pods);
  }
}

function endName(end: Endpoint): string {
  switch (end.kind) {
    case 'tier':
      return tierKey(end);
    case 'pods':
      return podSetText(end.pods);
    case 'addresses':
      return end.name ?? ips.ipsText(end.addresses);
    case 'hosts':
      return end.patterns.map(hostText).join(', ');
    case 'entity':
      return end.entity;
  }
}

function malformed(what: string): Problem {
  return {
    rule: 'policy-graph',
    what,
    allowed:
      'namespaces and tiers with their own names, and flows with a reason, traffic, and a tier of the graph at an end',
  };
}
