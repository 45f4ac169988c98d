import type { Match } from '../../analysis/connectivity/match';
import { addressNames, endText } from '../../graph/ends';
import type { GraphData, GraphForeign } from '../../graph/graph-data';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import { into } from '../../model/into';
import { podSetText, soleNamespace } from '../../model/pod-set';
import type { World } from '../../model/world';
import type { KnownEnd } from './known-end';
import { type EndpointContext, matchOfEndpoint } from './matches-endpoint';

/** A flow of the graph with its ends by number, as `Terms.endpoints` has them. */
export interface DeclaredFlow {
  readonly flow: Flow | GraphForeign;
  readonly from: number;
  readonly to: number;
  /** Declared of policies which are not ours. */
  readonly isForeign: boolean;
}

/** The terms in which flows are said: the ends of a graph, each once. */
export interface Terms {
  readonly endpoints: readonly { readonly endpoint: Endpoint; readonly text: string }[];
  readonly flows: readonly DeclaredFlow[];
  /** Namespaces in which everything is denied that is not declared; undefined where there is no graph. */
  readonly namespaces?: ReadonlySet<string>;
  /** Of these, those in which policies are only tried out. */
  readonly audited: ReadonlySet<string>;
  /** The flows that begin at an end of the graph, by its number. */
  readonly flowsFrom: ReadonlyMap<number, readonly number[]>;
  readonly matches: (seen: KnownEnd) => EndMatches;
}

/** Whether something is one of the ends of a graph, by their numbers in order; those that it is not are not there. */
export type EndMatches = ReadonlyMap<number, Exclude<Match, 'no'>>;

/** Where there is no graph there are no terms but those of the log. */
export function termsOf(graph: GraphData | undefined, world?: World, apiServer?: ClusterFacts['apiServer']): Terms {
  const context = contextOf(graph, world, apiServer);
  const endpoints = new Map<string, { readonly endpoint: Endpoint; readonly text: string; readonly number: number }>();
  const names = graph === undefined ? new Map<string, string>() : addressNames(graph);
  const numberOf = (endpoint: Endpoint) => {
    const text = endText(endpoint, names);
    const key = `${endpoint.kind} ${text} ${endpoint.kind === 'tier' ? podSetText(endpoint.pods) : ''}`;
    const known = endpoints.get(key) ?? { endpoint, text, number: endpoints.size };
    endpoints.set(key, known);
    return known.number;
  };
  const declared = (flow: Flow | GraphForeign, isForeign: boolean): DeclaredFlow => ({
    flow,
    from: numberOf(flow.from),
    to: numberOf(flow.to),
    isForeign,
  });
  // Tiers first, so that a pod of one is called by it whatever else of the graph has it.
  for (const { namespace, name, pods } of graph?.tiers ?? []) numberOf({ kind: 'tier', namespace, name, pods });
  const flows = [
    ...(graph?.flows ?? []).map((flow) => declared(flow, false)),
    ...(graph?.foreign ?? []).map((flow) => declared(flow, true)),
  ];
  const list = [...endpoints.values()];
  return {
    endpoints: list,
    flows,
    ...(graph && { namespaces: new Set(graph.namespaces.map(({ name }) => name)) }),
    audited: new Set(graph?.namespaces.flatMap(({ name, rollout }) => (rollout === 'audit' ? [name] : []))),
    flowsFrom: byFrom(flows),
    matches: matching(list, context),
  };
}

function byFrom(flows: readonly DeclaredFlow[]): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [number, { from }] of flows.entries()) {
    into(found, from, number);
  }
  return found;
}

/** Of pods only ends of their namespace are asked, and of other ends none that are pods of one namespace. */
function matching(list: Terms['endpoints'], context: EndpointContext): Terms['matches'] {
  const ofNamespace = new Map<string, number[]>();
  const others: number[] = [];
  for (const [number, { endpoint }] of list.entries()) {
    const isPods = endpoint.kind === 'tier' || endpoint.kind === 'pods';
    const namespace = isPods ? soleNamespace(endpoint.pods.namespaces) : undefined;
    if (namespace === undefined) others.push(number);
    else into(ofNamespace, namespace, number);
  }
  const all = list.map((_, number) => number);
  return (seen) => {
    const asked =
      seen.kind === 'unknown'
        ? all
        : seen.kind === 'pods'
          ? [...(ofNamespace.get(seen.namespace) ?? []), ...others]
          : others;
    const found = new Map<number, Exclude<Match, 'no'>>();
    for (const number of asked) {
      const match = matchOfEndpoint(list[number].endpoint, seen, context);
      if (match !== 'no') found.set(number, match);
    }
    return found;
  };
}

function contextOf(
  graph: GraphData | undefined,
  world: World | undefined,
  apiServer: ClusterFacts['apiServer'],
): EndpointContext {
  const ofGraph = graph?.namespaces.flatMap(({ name, labels }) =>
    labels === undefined ? [] : [[name, labels] as const],
  );
  // A namespace that manifests only mention has labels that nobody told.
  const ofWorld = world?.namespaces.flatMap(({ name, labels, isMentioned }) =>
    isMentioned === true ? [] : [[name, labels] as const],
  );
  const server = apiServer ?? graph?.cluster.apiServer;
  return { namespaces: new Map([...(ofWorld ?? []), ...(ofGraph ?? [])]), ...(server && { apiServer: server }) };
}
