import type { TierEndpoint } from '../model/endpoint';
import { remembered } from '../model/remembered';
import { addressNames } from './ends';
import { flowLines, linesText, lineText, tierLines } from './flow-lines';
import { type GraphData, tierKey } from './graph-data';

/** Bytes of all annotations of an object together (Kubernetes `apimachinery/pkg/api/validation/objectmeta.go`). */
export const ANNOTATIONS_LIMIT = 256 * 1024;

/** The annotation of every tier's policy, by the key of the tier; nothing for a tier that has no flows. */
export function tierAnnotations(graph: GraphData): ReadonlyMap<string, string> {
  const lines = new Map(graph.tiers.map((tier) => [tierKey(tier), tierLines(tier)]));
  const ofTier = remembered((end: TierEndpoint) => lines.get(tierKey(end)) ?? []);
  const written = flowLines(addressNames(graph));
  for (const flow of graph.flows) {
    const { ingress, egress } = written(flow);
    if (flow.to.kind === 'tier') ofTier(flow.to).push(ingress());
    if (flow.from.kind === 'tier') ofTier(flow.from).push(egress());
  }
  return new Map([...lines].flatMap(([key, list]) => (list.length === 0 ? [] : [[key, linesText(list)]])));
}

/** The annotation of a guardrail's policy. */
export function guardrailAnnotation(because: string): string {
  return linesText([lineText({ kind: 'guardrail', because })]);
}
