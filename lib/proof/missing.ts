import * as ports from '../model/port-set';
import { endName } from './assumptions';
import { bySubject } from './by-subject';
import { decide, declares } from './confirm';
import { at, connectionOf, decidedBy, type End, portsByKey } from './end';
import { boxesOfHalf, endsKey, type Half, halfKey } from './half';
import type { Inquiry } from './inquiry';

/** What is declared must be admitted, for all pods of both ends, on all of its ports. */
export function findMissing(end: End, inquiry: Inquiry): void {
  const { admissions, byDefault } = end.must;
  const plain = admissions.filter(({ isPlain }) => isPlain);
  const admitted = portsByKey(
    plain,
    ({ rule, peer }) => endsKey(rule.subject.pods, peer),
    ({ rule }) => rule.ports,
  );
  const near = bySubject(admissions, ({ rule }) => rule.subject.pods);

  for (const half of end.managed) {
    inquiry.cells++;
    const same = admitted.get(halfKey(half));
    if (same !== undefined && ports.covers(same, half.flow.traffic.ports)) continue;
    const boxes = boxesOfHalf(half, inquiry.ground, 'must');
    if (boxes.length === 0) inquiry.notProved.push({ reason: 'vacuous', what: nothingToAdmit(half, end) });
    const regions = [...near(half.subject).flatMap((each) => each.regions()), ...byDefault];
    for (const box of boxes) {
      const cell = inquiry.outsideRegions(
        box,
        regions,
        () => `whether rules cover the flow ${flowName(half)}, ${at(end)}`,
      );
      if (cell === undefined) continue;
      const connection = connectionOf(cell, end);
      const decision = decide(inquiry.plane, connection, 'must');
      inquiry.report(
        {
          statement: 'missing',
          namespace: end.namespace,
          direction: end.direction,
          connection,
          decidedBy: decidedBy(decision),
          flow: half.flow,
        },
        !decision.admitted && declares(half.flow, connection, inquiry.plane.ipBlockMode),
      );
      break;
    }
  }
}

function nothingToAdmit(half: Half, end: End): string {
  return `the flow ${flowName(half)} has no connection that could be admitted, ${at(end)}: its pods, addresses or ports are empty, or a named port is at addresses, which have no names`;
}

function flowName({ flow }: Half): string {
  return `from ${endName(flow.from)} to ${endName(flow.to)}`;
}
