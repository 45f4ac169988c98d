import { addressNames, endText } from '../../graph/ends';
import { trafficText } from '../../graph/traffic-text';
import type { Flow } from '../../model/flow';
import type { Seen } from './seen';
import type { Suspicion } from './warning';

/** The flow as findings name it: its ends, what passes, and its reasons; and the user's line that declared it. */
export function aboutFlow(
  flow: Flow,
  seen: Pick<Seen, 'graph' | 'declaredAt'>,
): Pick<Suspicion, 'about' | 'declaredAt'> {
  const { from, to, traffic, because } = flow;
  const names = addressNames(seen.graph);
  const about = `${endText(from, names)} -> ${endText(to, names)} ${trafficText(traffic)} ("${because.join('; ')}")`;
  const declaredAt = seen.declaredAt(flow);
  return { about, ...(declaredAt !== undefined && { declaredAt }) };
}
