import type { IConstruct } from 'constructs';
import { engineNamed } from '../engines/engines';
import { originKey, type PolicyManifest } from '../engines/manifest';
import { endText } from '../graph/ends';
import { tierAnnotations } from '../graph/flow-annotations';
import { canonical, type GraphData, type GraphNamespace, type GraphTier, tierKey } from '../graph/graph-data';
import { trafficText } from '../graph/traffic-text';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Flow } from '../model/flow';
import { into } from '../model/into';
import { type Labels, NAMESPACE_NAME_LABEL } from '../model/labels';
import { within } from '../model/within';
import type { ForeignDeclaration } from '../proof';
import { lazily } from '../proof/terms/made-once';
import { Cluster } from '../values/cluster';
import type { Declarations } from './declarations';
import { type DeclaredFlows, declaredFlows } from './flows/declared-flows';
import { dnsFlows, dnsProblems } from './flows/dns-flows';
import { foreignFlows, foreignNotes } from './flows/foreign-flows';
import type { Addition, AdditionRecord, Located, NamespaceRecord, TierRecord } from './records';
import { brokenRules } from './rules';
import { type Places, withinLimits } from './rules/engine-limits';
import { placeOf } from './rules/rule';
import { isEmitted } from './workloads/emitted';
import { namespaceLabels } from './workloads/namespace-labels';
import { type ResolvedTier, resolveTier } from './workloads/resolved-tier';
import { apiObjectsOf } from './workloads/workload';

/** What follows from the declarations of a deployment. */
export interface DeploymentState {
  readonly graph: GraphData;
  /** What is rendered, by the key of the tier, namespace or guardrail that it is of; nothing while there are problems. */
  readonly manifests: ReadonlyMap<string, readonly PolicyManifest[]>;
  /** By namespace and name of the tier. */
  readonly annotations: ReadonlyMap<string, string>;
  readonly problems: readonly Located[];
  /** What joins because of everything else. */
  readonly additions: ReadonlyMap<AdditionRecord, Addition>;
  readonly tiers: ReadonlyMap<TierRecord, ResolvedTier>;
  readonly facts: ClusterFacts;
  /** The user's line that declared a flow of the graph, where one is known. */
  readonly declaredAt: (flow: Flow) => string | undefined;
  /** What was declared of the policies of others. */
  readonly foreign: readonly ForeignDeclaration[];
}

/** Works everything out: what the tiers are, which flows there are, what is rendered, and what breaks a rule. */
export function computeState(root: IConstruct, declarations: Declarations): DeploymentState {
  const cluster = Cluster.of(declarations.namespaces[0]?.construct ?? root);
  const tiers = new Map<TierRecord, ResolvedTier>();
  for (const record of declarations.tiers) tiers.set(record, resolveTier(record));
  const foreign = foreignFlows(declarations.foreign, tiers, cluster._facts);
  const { flows, problems, declaredAt } = allFlows(root, declarations, tiers, cluster);
  const declared = canonical({
    cluster: cluster._facts,
    namespaces: declarations.namespaces.map(graphNamespace),
    tiers: graphTiers(tiers, foreign),
    flows,
    guardrails: declarations.guardrails.map(({ guardrail }) => guardrail),
    hostGuardrails: declarations.hostGuardrails.map(({ guardrail }) => guardrail),
    foreign,
  });
  const additions = additionsTo(declared, root, declarations);
  const meant = withAdditions(declared, [...additions.values()]);
  const places = placesOf(root, declarations, declaredAt, additions);
  const { graph, problems: unsayable } = withinLimits(meant, cluster._facts, places);
  const annotations = tierAnnotations(graph);
  const manifests = unsayable.length > 0 ? new Map() : manifestsByOrigin(graph, cluster._facts);
  const found = [
    ...problems,
    ...unsayable,
    ...problemsOfAdditions(additions),
    ...brokenRules({
      root,
      objects: apiObjectsOf(root),
      declarations,
      tiers,
      graph,
      manifests,
      annotations,
      declaredAt,
    }),
  ];
  return {
    graph,
    facts: cluster._facts,
    declaredAt,
    foreign,
    additions,
    tiers,
    manifests,
    annotations,
    problems: found,
  };
}

function manifestsByOrigin(graph: GraphData, facts: ClusterFacts): ReadonlyMap<string, readonly PolicyManifest[]> {
  const byOrigin = new Map<string, PolicyManifest[]>();
  for (const manifest of engineNamed(facts.engine).render(graph, facts)) {
    const key = originKey(manifest.of);
    into(byOrigin, key, manifest);
  }
  return byOrigin;
}

/** Asked of the graph without any of them: none follows from another. */
function additionsTo(
  graph: GraphData,
  root: IConstruct,
  { additions }: Declarations,
): ReadonlyMap<AdditionRecord, Addition> {
  if (additions.length === 0) return new Map();
  // What ours render follows from the state that this is a part of.
  const objects = apiObjectsOf(root).filter((object) => !isEmitted(object));
  return new Map(additions.map((record) => [record, record.add({ root, graph, objects })]));
}

function withAdditions(graph: GraphData, additions: readonly Addition[]): GraphData {
  if (additions.length === 0) return graph;
  return canonical({
    ...graph,
    tiers: [...graph.tiers, ...additions.flatMap(({ tiers }) => tiers)],
    flows: [...graph.flows, ...additions.flatMap(({ flows }) => flows)],
  });
}

function problemsOfAdditions(additions: ReadonlyMap<AdditionRecord, Addition>): Located[] {
  return [...additions].flatMap(([{ construct }, { problems }]) =>
    problems.map((problem) => ({ construct, problem: { where: placeOf(construct), ...problem } })),
  );
}

function placesOf(
  root: IConstruct,
  { tiers, namespaces, guardrails, hostGuardrails }: Declarations,
  declaredAt: Places['declaredAt'],
  additions: ReadonlyMap<AdditionRecord, Addition>,
): Places {
  const ofTiers = new Map<string, IConstruct>();
  for (const { construct, namespace, name } of tiers)
    ofTiers.set(tierKey({ namespace: namespace.name, name }), construct);
  for (const [{ construct }, added] of additions) {
    for (const tier of added.tiers) ofTiers.set(tierKey(tier), construct);
  }
  return {
    root,
    declaredAt,
    tiers: ofTiers,
    namespaces: new Map(namespaces.map(({ construct, name }) => [name, construct])),
    guardrails: new Map(
      [...guardrails, ...hostGuardrails].map(({ construct, guardrail }) => [guardrail.name, construct]),
    ),
  };
}

function allFlows(
  root: IConstruct,
  declarations: Declarations,
  tiers: ReadonlyMap<ResolvedTier['record'], ResolvedTier>,
  { _facts }: Cluster,
) {
  const declared = declaredFlows(declarations.flows, { declarations, tiers, facts: _facts });
  const flows = [...declared.flows];
  const ofTiers: Located[] = [];
  for (const tier of tiers.values()) {
    flows.push(...dnsFlows(tier, _facts));
    for (const problem of tier.problems) ofTiers.push({ construct: tier.record.construct, problem });
  }
  const problems: Located[] = [
    ...ofTiers,
    ...declared.problems,
    ...(declarations.tiers.some(({ dns }) => dns) ? dnsProblems(_facts) : []).map((problem) => ({
      construct: root,
      problem: { where: placeOf(root), ...problem },
    })),
  ];
  return { flows, problems, declaredAt: lineOf(declared) };
}

/**
 * Flows of the graph are merged ones: the line is looked for by ends and reason, and where several say the same of the same
 * ends, by traffic. Flows are sorted by ends when the first line is asked for.
 */
function lineOf({ flows, by }: DeclaredFlows) {
  const byEnds = lazily(() => positionsByEnds(flows));
  return ({ from, to, because, traffic }: Flow): string | undefined => {
    const said = (byEnds().get(endText(from, NO_NAMES))?.get(endText(to, NO_NAMES)) ?? []).filter((position) =>
      because.includes(flows[position].because[0]),
    );
    const found =
      said.length < 2 ? said[0] : (said.find((each) => isSameTraffic(flows[each].traffic, traffic)) ?? said[0]);
    return found === undefined ? undefined : by[found].declaredAt?.();
  };
}

function isSameTraffic(one: Flow['traffic'], other: Flow['traffic']): boolean {
  return one === other || trafficText(one) === trafficText(other);
}

/** Positions of flows, by the text of their source and then of their destination. */
function positionsByEnds(flows: readonly Flow[]): ReadonlyMap<string, ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, Map<string, number[]>>();
  for (const [position, { from, to }] of flows.entries()) {
    into(within(found, endText(from, NO_NAMES)), endText(to, NO_NAMES), position);
  }
  return found;
}

const NO_NAMES: ReadonlyMap<string, string> = new Map();

function graphNamespace(record: NamespaceRecord): GraphNamespace {
  const { name, purpose, management, podSecurity, rollout, acknowledged } = record;
  const isOurs = management === 'own';
  return {
    name,
    purpose,
    management,
    podSecurity: isOurs ? podSecurity : 'not ours to say',
    ...(rollout && { rollout }),
    ...(isOurs && { labels: labelsBesideName(record) }),
    acknowledged,
  };
}

/** Of a namespace that we render every label is known; of others, their name. */
function labelsBesideName(record: NamespaceRecord): Labels {
  const { [NAMESPACE_NAME_LABEL]: _, ...others } = namespaceLabels(record);
  return others;
}

function graphTiers(tiers: ReadonlyMap<TierRecord, ResolvedTier>, foreign: readonly ForeignDeclaration[]): GraphTier[] {
  const found: GraphTier[] = [];
  for (const tier of tiers.values()) found.push(graphTier(tier, foreign));
  return found;
}

function graphTier({ record, endpoint }: ResolvedTier, foreign: readonly ForeignDeclaration[]): GraphTier {
  const { name, role, acknowledged } = record;
  const notes = [...record.notes, ...foreignNotes(tierKey(endpoint), foreign)];
  return { namespace: record.namespace.name, name, role, pods: endpoint.pods, notes, acknowledged };
}
