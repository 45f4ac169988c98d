import { passesByDefault } from '../space/decision';
import { at, connectionOf, type End } from './declared-and-effective';
import type { Inquiry } from './inquiry';

/** Every pod that could exist in the namespace is isolated: nothing passes for want of a policy. */
export function findOpen(end: End, inquiry: Inquiry): void {
  inquiry.cells++;
  for (const { box, minus } of end.may.byDefault) {
    const cell = inquiry.outside(box, minus, () => `whether every pod is isolated, ${at(end)}`);
    if (cell === undefined) continue;
    const connection = connectionOf(cell, end);
    inquiry.report(
      { statement: 'open', namespace: end.namespace, direction: end.direction, connection, decidedBy: [] },
      (each) => passesByDefault(inquiry.plane, each),
    );
    return;
  }
}
