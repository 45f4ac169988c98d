import { addressNames, endText } from '../../graph/ends';
import type { GraphData } from '../../graph/graph-data';
import { trafficText } from '../../graph/traffic-text';
import type { Flow } from '../../model/flow';

/** The flow as findings name it: its ends, what passes, and its reasons. */
export function flowLine({ from, to, traffic, because }: Flow, graph: GraphData): string {
  const names = addressNames(graph);
  return `${endText(from, names)} -> ${endText(to, names)} ${trafficText(traffic)} ("${because.join('; ')}")`;
}
