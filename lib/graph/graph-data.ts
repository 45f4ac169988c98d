import type { Endpoint } from '../model/endpoint';
import type { Excepted, Flow, Waiver } from '../model/flow';
import * as ips from '../model/ip-set';
import type { PodSet } from '../model/pod-set';
import { isEmptyPodSet, podSetText } from '../model/pod-set';
import * as ports from '../model/port-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import type { Traffic } from '../model/traffic';

/** The cluster that a graph is declared for. */
export interface GraphCluster {
  readonly engine: 'kubernetes';
  readonly version?: string;
  readonly name?: string;
}

/** A namespace in which everything that no flow allows is denied. */
export interface GraphNamespace {
  readonly name: string;
  readonly purpose: string;
  /** `own`: we render the Namespace; `adopt`: it exists, and we render policies only. */
  readonly management: 'own' | 'adopt';
  /** Level of Pod Security that is enforced on it. */
  readonly podSecurity: string;
  readonly acknowledged: readonly Waiver[];
}

export type TierRole = 'tier' | 'gateway' | 'inference' | 'agent' | 'data';

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

/** The declared graph: everything that a deployment, or a part of it, allows. `canonical` makes it from any order. */
export interface GraphData {
  readonly cluster: GraphCluster;
  /** Sorted by name. */
  readonly namespaces: readonly GraphNamespace[];
  /** Sorted by namespace and name. */
  readonly tiers: readonly GraphTier[];
  /** Sorted by ends (tiers, then pods of others, then addresses) and traffic; no two have the same ends and traffic. */
  readonly flows: readonly Flow[];
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
  const graph = {
    cluster: data.cluster,
    namespaces: data.namespaces.map(canonicalNamespace).sort((a, b) => compareText(a.name, b.name)),
    tiers: data.tiers.map(canonicalTier).sort((a, b) => compareText(tierKey(a), tierKey(b))),
    flows: mergedFlows(data.flows),
  };
  const problems = problemsOf(graph);
  if (problems.length > 0) throw new ZeroTrustError(...problems);
  return graph;
}

/** `namespace/name`: what a tier is known by in one graph. */
export function tierKey(tier: { readonly namespace: string; readonly name: string }): string {
  return `${tier.namespace}/${tier.name}`;
}

/** Order by code units, the same on every machine and in every locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalNamespace(namespace: GraphNamespace): GraphNamespace {
  return { ...namespace, acknowledged: waivers(namespace.acknowledged) };
}

function canonicalTier(tier: GraphTier): GraphTier {
  return { ...tier, notes: texts(tier.notes), acknowledged: waivers(tier.acknowledged) };
}

function mergedFlows(flows: readonly Flow[]): Flow[] {
  return [...groupBy(flows, flowKey)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, [first, ...others]]) => merged(first, others));
}

function merged(first: Flow, others: readonly Flow[]): Flow {
  const all = [first, ...others];
  return {
    from: first.from,
    to: first.to,
    traffic: first.traffic,
    because: texts(all.flatMap((flow) => flow.because)),
    excepted: exceptions(all.flatMap((flow) => flow.excepted)),
    acknowledged: waivers(all.flatMap((flow) => flow.acknowledged)),
    notes: texts(all.flatMap((flow) => flow.notes)),
  };
}

/** Equal for flows with the same ends and traffic; in the order of flows. */
function flowKey(flow: Flow): string {
  return [...endpointKey(flow.from), ...endpointKey(flow.to), trafficKey(flow.traffic)].join('\u0000');
}

/** Tiers sort before pods of others, and those before addresses. */
function endpointKey(end: Endpoint): string[] {
  switch (end.kind) {
    case 'tier':
      return ['1', end.namespace, end.name, podSetText(end.pods)];
    case 'pods':
      return ['2', podSetText(end.pods), end.owner];
    case 'addresses':
      return ['3', end.name ?? '', ips.ipsText(end.addresses)];
  }
}

function trafficKey(traffic: Traffic): string {
  return ports.portsText(traffic.ports);
}

function texts(values: readonly string[]): string[] {
  return [...new Set(values)].sort(compareText);
}

function waivers(values: readonly Waiver[]): Waiver[] {
  return [...groupBy(values, ({ rule, because }) => `${rule}\u0000${because}`)]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, [{ rule, because }]]) => ({ rule, because }));
}

/** One for each reason, with all addresses that it holds for, by the text of the addresses. */
function exceptions(values: readonly Excepted[]): Excepted[] {
  const byReason = [...groupBy(values, ({ because }) => because)].map(([because, group]) => ({
    addresses: ips.union(...group.map(({ addresses }) => addresses)),
    because,
  }));
  const key = ({ addresses, because }: Excepted) => `${ips.ipsText(addresses)}\u0000${because}`;
  return byReason.sort((a, b) => compareText(key(a), key(b)));
}

function groupBy<T>(values: readonly T[], keyOf: (value: T) => string): Map<string, [T, ...T[]]> {
  const groups = new Map<string, [T, ...T[]]>();
  for (const value of values) {
    const group = groups.get(keyOf(value));
    if (group) group.push(value);
    else groups.set(keyOf(value), [value]);
  }
  return groups;
}

function problemsOf(graph: GraphData): Problem[] {
  const tiers = new Map(graph.tiers.map((tier) => [tierKey(tier), tier]));
  return [
    ...repeated(graph.namespaces.map(({ name }) => name)).map((name) => malformed(`two namespaces are named ${name}`)),
    ...repeated(graph.tiers.map(tierKey)).map((key) => malformed(`two tiers are named ${key}`)),
    ...strayTiers(graph),
    ...graph.tiers
      .filter(({ pods }) => isEmptyPodSet(pods))
      .map((tier) => malformed(`the tier ${tierKey(tier)} selects no pod that could exist`)),
    ...graph.flows.flatMap((flow) => flowProblems(flow, tiers)),
  ];
}

function repeated(sorted: readonly string[]): string[] {
  return [...new Set(sorted.filter((text, index) => text === sorted[index - 1]))];
}

function strayTiers(graph: GraphData): Problem[] {
  const names = new Set(graph.namespaces.map(({ name }) => name));
  return graph.tiers
    .filter((tier) => !names.has(tier.namespace))
    .map((tier) => malformed(`the tier ${tierKey(tier)} is in a namespace that the graph does not hold`));
}

function flowProblems(flow: Flow, tiers: ReadonlyMap<string, GraphTier>): Problem[] {
  const where = `the flow from ${endName(flow.from)} to ${endName(flow.to)}`;
  const problems = [flow.from, flow.to].flatMap((end) => {
    if (isNobody(end)) return [malformed(`${where} has an end that is nobody`)];
    if (end.kind !== 'tier') return [];
    const tier = tiers.get(tierKey(end));
    if (!tier) return [malformed(`${where} names the tier ${tierKey(end)}, which the graph does not hold`)];
    if (podSetText(tier.pods) === podSetText(end.pods)) return [];
    return [malformed(`${where} takes the tier ${tierKey(end)} for other pods than the graph does`)];
  });
  if (flow.from.kind !== 'tier' && flow.to.kind !== 'tier') problems.push(malformed(`${where} has no tier at an end`));
  if (flow.because.length === 0) problems.push(malformed(`${where} has no reason`));
  if (ports.isEmpty(flow.traffic.ports)) problems.push(malformed(`${where} has no traffic`));
  else if (!ports.isRenderable(flow.traffic.ports)) {
    problems.push(malformed(`${where} has traffic that no policy can say (${ports.portsText(flow.traffic.ports)})`));
  }
  return problems;
}

function isNobody(end: Endpoint): boolean {
  return end.kind === 'addresses' ? ips.isEmpty(end.addresses) : isEmptyPodSet(end.pods);
}

function endName(end: Endpoint): string {
  switch (end.kind) {
    case 'tier':
      return tierKey(end);
    case 'pods':
      return podSetText(end.pods);
    case 'addresses':
      return end.name ?? ips.ipsText(end.addresses);
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
