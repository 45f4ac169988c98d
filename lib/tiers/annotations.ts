import { addressNames, endText } from '../graph/ends';
import { compareTiers, type GraphData, tierKey } from '../graph/graph-data';
import { toCompactJson } from '../graph/json';
import type { Flow } from '../model/flow';
import * as ports from '../model/port-set';

/** For people: who talks to the tier and why, a flow a line. */
export const REASONS_ANNOTATION = 'cdk8s-zero-trust/reasons';
/** For machines: the tier's part of the policy graph, in the JSON that `PolicyGraph.parse` reads. */
export const GRAPH_ANNOTATION = 'cdk8s-zero-trust/graph';
/** Bytes of all annotations of an object together (Kubernetes `apimachinery/pkg/api/validation/objectmeta.go`). */
export const ANNOTATIONS_LIMIT = 256 * 1024;

export interface TierAnnotations {
  readonly reasons: string;
  readonly graph: string;
}

/**
 * The annotations of every tier's policy, by the key of the tier. Every tier's part of the graph is wanted, so flows are
 * indexed once rather than filtered for each.
 */
export function tierAnnotations(graph: GraphData): ReadonlyMap<string, TierAnnotations> {
  const flows = flowsByTier(graph.flows);
  const names = addressNames(graph);
  const tiers = new Map(graph.tiers.map((tier) => [tierKey(tier), tier]));
  const namespaces = new Map(graph.namespaces.map((namespace) => [namespace.name, namespace]));
  const annotations = (key: string): TierAnnotations => {
    const own = flows.get(key) ?? [];
    const members = [...new Set([key, ...own.flatMap(endsOf)])]
      .flatMap((end) => tiers.get(end) ?? [])
      .sort(compareTiers);
    const homes = [...new Set(members.map(({ namespace }) => namespace))].flatMap((name) => namespaces.get(name) ?? []);
    return {
      reasons: own.flatMap((flow) => reasonLines(flow, key, names)).join('\n'),
      graph: toCompactJson({ cluster: graph.cluster, namespaces: homes, tiers: members, flows: own }),
    };
  };
  return new Map([...tiers.keys()].map((key) => [key, annotations(key)]));
}

function flowsByTier(flows: readonly Flow[]): ReadonlyMap<string, Flow[]> {
  const byTier = new Map<string, Flow[]>();
  for (const flow of flows) {
    for (const key of new Set(endsOf(flow))) {
      const own = byTier.get(key);
      if (own === undefined) byTier.set(key, [flow]);
      else own.push(flow);
    }
  }
  return byTier;
}

function endsOf({ from, to }: Flow): string[] {
  return [from, to].flatMap((end) => (end.kind === 'tier' ? [tierKey(end)] : []));
}

function reasonLines({ from, to, traffic, because }: Flow, tier: string, names: ReadonlyMap<string, string>): string[] {
  const is = (end: Flow['from']) => end.kind === 'tier' && tierKey(end) === tier;
  const text = `${ports.portsText(traffic.ports)}: ${because.join('; ')}`;
  return [
    ...(is(to) ? [`in from ${endText(from, names)} on ${text}`] : []),
    ...(is(from) ? [`out to ${endText(to, names)} on ${text}`] : []),
  ];
}
