import { addressNames, endText } from '../graph/ends';
import { type GraphData, tierKey } from '../graph/graph-data';
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

/** The annotations of every tier's policy, by the key of the tier. */
export function tierAnnotations(graph: GraphData): ReadonlyMap<string, TierAnnotations> {
  const flows = flowsByTier(graph.flows);
  const names = addressNames(graph);
  const tiers = new Map(graph.tiers.map((tier) => [tierKey(tier), tier]));
  const namespaces = new Map(graph.namespaces.map((namespace) => [namespace.name, namespace]));
  return new Map(
    graph.tiers.map((tier) => {
      const own = flows.get(tierKey(tier)) ?? [];
      const keys = new Set([tierKey(tier), ...own.flatMap(endsOf)]);
      const members = [...keys].sort().flatMap((key) => tiers.get(key) ?? []);
      const homes = [...new Set(members.map(({ namespace }) => namespace))].sort();
      const part = {
        cluster: graph.cluster,
        namespaces: homes.flatMap((name) => namespaces.get(name) ?? []),
        tiers: members,
        flows: own,
      };
      const lines = own.flatMap((flow) => reasonLines(flow, tierKey(tier), names));
      return [tierKey(tier), { reasons: lines.join('\n'), graph: toCompactJson(part) }];
    }),
  );
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
