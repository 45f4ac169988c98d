import { isolating, passesByDefault } from '../space/decision';
import { at, connectionOf, decidedBy, type End } from './declared-and-effective';
import type { Inquiry } from './inquiry';

/** Every pod that could exist in the namespace is isolated: nothing passes for want of a policy. */
export function findOpen(end: End, inquiry: Inquiry): void {
  inquiry.cells++;
  for (const { box, minus } of end.may.byDefault) {
    const cell = inquiry.outside(box, minus, () => `whether every pod is isolated, ${at(end)}`);
    if (cell === undefined) continue;
    const connection = connectionOf(cell, end);
    // What is not certain isolates nothing, and is named.
    const isolations = isolating(inquiry.plane, connection).filter(({ isUncertain }) => isUncertain);
    inquiry.report(
      {
        statement: 'open',
        namespace: end.namespace,
        direction: end.direction,
        connection,
        decidedBy: decidedBy({ admitted: true, isolations }),
      },
      (each) => passesByDefault(inquiry.plane, each),
    );
    return;
  }
}
