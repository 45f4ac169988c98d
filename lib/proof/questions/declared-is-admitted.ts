import * as ports from '../../model/port-set';
import { endName } from '../assumptions';
import { decide, declares } from '../space/decision';
import { bySubject } from '../terms/by-subject';
import type { Bound } from '../terms/facts';
import { lazily } from '../terms/made-once';
import { TrafficByEnds } from '../terms/traffic-by-ends';
import { at, connectionOf, decidedBy, type End } from './declared-and-effective';
import { boxesOfHalf, type Half, peerOf } from './halves-of-flows';
import type { Inquiry } from './inquiry';

/**
 * What is declared must be admitted, for all pods of both ends, on all of its ports. What is declared of probes may be:
 * their policies are hooks, so that it is admitted while these are there.
 */
export function findMissing(end: End, inquiry: Inquiry): void {
  const [passing, lasting] = [true, false].map((is) => end.managed.filter(({ isPassing = false }) => isPassing === is));
  findMissingOf(lasting, 'must', end, inquiry);
  if (passing.length > 0) findMissingOf(passing, 'may', end, inquiry);
}

function findMissingOf(halves: readonly Half[], bound: Bound, end: End, inquiry: Inquiry): void {
  const { admissions, byDefault } = end[bound];
  const admitted = new TrafficByEnds();
  for (const admission of admissions) {
    const { rule, peer } = admission;
    if (admission.isPlain()) admitted.add(rule.subject.pods, peer, rule);
  }
  const near = lazily(() => bySubject(admissions, ({ rule }) => rule.subject.pods));

  for (const half of halves) {
    inquiry.cells++;
    if (isNamedAtAddresses(half)) inquiry.notProved.push({ reason: 'vacuous', what: nothingNamed(half, end) });
    if (admitted.cover(half.subject, peerOf(half), half.flow.traffic)) continue;
    const boxes = boxesOfHalf(half, inquiry.ground, 'must');
    if (boxes.length === 0) inquiry.notProved.push({ reason: 'vacuous', what: nothingToAdmit(half, end) });
    const regions = [...near()(half.subject).flatMap((each) => each.regions()), ...byDefault];
    for (const box of boxes) {
      const cell = inquiry.outsideRegions(
        box,
        regions,
        () => `whether rules cover the flow ${flowName(half)}, ${at(end)}`,
      );
      if (cell === undefined) continue;
      const connection = connectionOf(cell, end);
      const asRead = decide(inquiry.planeAsRead, connection, bound);
      const decision = asRead.admitted ? decide(inquiry.plane, connection, bound) : asRead;
      inquiry.report(
        {
          statement: 'missing',
          namespace: end.namespace,
          direction: end.direction,
          connection,
          decidedBy: decidedBy(decision),
          flow: half.flow,
        },
        (each) =>
          !decide(inquiry.plane, each, bound).admitted && declares(half.flow, each, inquiry.plane.ipBlockMode, 'must'),
        decision.rule ?? decision.isolations[0],
      );
      break;
    }
  }
}

/** Only pods give names to their ports, so a rule with the same name is no proof that anything gets through. */
function isNamedAtAddresses({ flow: { to, traffic } }: Half): boolean {
  return to.kind === 'addresses' && ports.hasNames(traffic.ports);
}

function nothingNamed(half: Half, end: End): string {
  return `the flow ${flowName(half)} has a named port at addresses, which have no names, ${at(end)}`;
}

function nothingToAdmit(half: Half, end: End): string {
  return `the flow ${flowName(half)} has no connection that could be admitted, ${at(end)}: its pods, addresses or ports are empty`;
}

function flowName({ flow }: Half): string {
  return `from ${endName(flow.from)} to ${endName(flow.to)}`;
}
