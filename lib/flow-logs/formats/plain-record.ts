import type { LineRead } from '../flow-record';
import { readAs, unreadable } from '../reading/line-read';
import { wrongFor } from '../reading/shape';
import { timeOf } from '../reading/times';
import { PLAIN_FLOW, type PlainFlow } from './plain-shape';

/** The record of a flow in our own shape, or what is wrong with it. */
export function plainRead(value: unknown, line: number): LineRead {
  const wrong = wrongFor(PLAIN_FLOW, value);
  if (wrong !== undefined) return unreadable(wrong, line);
  const flow = value as PlainFlow;
  return readAs({
    ...flow,
    portIs: flow.portIs ?? 'either',
    count: flow.count ?? 1,
    from: timeOf(flow.from),
    until: timeOf(flow.until) ?? timeOf(flow.from),
  });
}
