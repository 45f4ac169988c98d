import type { Endpoint } from '../model/endpoint';
import { addressNames } from './ends';
import { flowLines, linesText, lineText, tierLines } from './flow-lines';
import { type GraphData, tierKey } from './graph-data';

/** Bytes of all annotations of an object together (Kubernetes `apimachinery/pkg/api/validation/objectmeta.go`). */
export const ANNOTATIONS_LIMIT = 256 * 1024;

/** The annotation of every tier's policy, by the key of the tier; nothing for a tier that has no flows. */
export function tierAnnotations(graph: GraphData): ReadonlyMap<string, string> {
  const names = addressNames(graph);
  const lines = new Map(graph.tiers.map((tier) => [tierKey(tier), tierLines(tier)]));
  const linesOf = (end: Endpoint) => (end.kind === 'tier' ? lines.get(tierKey(end)) : undefined);
  for (const flow of graph.flows) {
    const { ingress, egress } = flowLines(flow, names);
    linesOf(flow.to)?.push(ingress);
    linesOf(flow.from)?.push(egress);
  }
  return new Map([...lines].flatMap(([key, list]) => (list.length === 0 ? [] : [[key, linesText(list)]])));
}

/** The annotation of a guardrail's policy. */
export function guardrailAnnotation(because: string): string {
  return linesText([lineText({ kind: 'guardrail', because })]);
}
