import { addressNames, endText } from '../../graph/ends';
import { type GraphData, tierKey } from '../../graph/graph-data';
import { clusterText, compactJson, flowText, namespaceText, tierText } from '../../graph/json';
import { trafficText } from '../../graph/traffic-text';
import type { Endpoint } from '../../model/endpoint';

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

/** What the annotations of one tier are put together from. */
interface Parts {
  /** In the order of tiers. */
  readonly position: number;
  readonly tier: string;
  readonly namespace: string;
  readonly reasons: string[];
  readonly flows: string[];
  /** The tier and those that it talks to. */
  readonly members: Set<Parts>;
}

/**
 * The annotations of every tier's policy, by the key of the tier. A flow is in those of both its ends and a tier in those
 * of all that it talks to, so each is written once and its text joined, and all tiers are done in one pass over the flows.
 */
export function tierAnnotations(graph: GraphData): ReadonlyMap<string, TierAnnotations> {
  const parts = partsByTier(graph);
  addFlows(graph, parts);
  const cluster = clusterText(graph.cluster);
  return new Map([...parts].map(([key, own]) => [key, annotations(own, cluster)]));
}

function partsByTier({ namespaces, tiers }: GraphData): ReadonlyMap<string, Parts> {
  const homes = new Map(namespaces.map((namespace) => [namespace.name, namespaceText(namespace)]));
  return new Map(
    tiers.map((tier, position) => {
      const namespace = homes.get(tier.namespace) as string;
      const parts: Parts = {
        position,
        tier: tierText(tier),
        namespace,
        reasons: [],
        flows: [],
        members: new Set(),
      };
      parts.members.add(parts);
      return [tierKey(tier), parts];
    }),
  );
}

function addFlows(graph: GraphData, parts: ReadonlyMap<string, Parts>): void {
  const names = addressNames(graph);
  const partsOf = (end: Endpoint) => (end.kind === 'tier' ? parts.get(tierKey(end)) : undefined);
  for (const flow of graph.flows) {
    const { from, to, traffic, because } = flow;
    const source = partsOf(from);
    const destination = partsOf(to);
    const text = flowText(flow);
    const reason = `${trafficText(traffic)}: ${because.join('; ')}`;
    destination?.reasons.push(`in from ${endText(from, names)} on ${reason}`);
    source?.reasons.push(`out to ${endText(to, names)} on ${reason}`);
    source?.flows.push(text);
    if (destination !== source) destination?.flows.push(text);
    if (source !== undefined && destination !== undefined) {
      source.members.add(destination);
      destination.members.add(source);
    }
  }
}

function annotations({ reasons, flows, members }: Parts, cluster: string): TierAnnotations {
  const inOrder = [...members].sort((a, b) => a.position - b.position);
  const namespaces = [...new Set(inOrder.map(({ namespace }) => namespace))];
  const tiers = inOrder.map(({ tier }) => tier);
  return { reasons: reasons.join('\n'), graph: compactJson({ cluster, namespaces, tiers, flows }) };
}
