import * as ips from '../../model/ip-set';
import type { RulePeer } from '../../model/layer';
import { decide, declares } from '../space/decision';
import { bySubject } from '../terms/by-subject';
import { acceptsPods, podsByAddress } from '../terms/facts';
import { lazily } from '../terms/made-once';
import { TrafficByEnds } from '../terms/traffic-by-ends';
import { at, connectionOf, decidedByRule, type End } from './declared-and-effective';
import { boxesOfHalf, peerOf } from './halves-of-flows';
import type { Inquiry } from './inquiry';

/**
 * What may be admitted is declared. A rule with the pods and peers of declared flows, and no more than their ports, is
 * known for what it is at once; any other is searched for a connection that none of the flows has, alone or together.
 */
export function findUndeclared(end: End, inquiry: Inquiry): void {
  const { ground } = inquiry;
  const halves = [...end.managed, ...end.foreign];
  const declared = new TrafficByEnds();
  const accepting = new TrafficByEnds();
  for (const half of halves) {
    declared.add(half.subject, peerOf(half), half.flow.traffic);
    if (acceptsPods(half.flow)) accepting.add(half.subject, peerOf(half), half.flow.traffic);
  }
  const near = lazily(() =>
    bySubject(
      halves.map((half) => ({ half, boxes: lazily(() => boxesOfHalf(half, ground, 'may')) })),
      ({ half }) => half.subject,
    ),
  );

  for (const admission of end.may.admissions) {
    inquiry.cells++;
    const { rule, peer } = admission;
    const { pods } = rule.subject;
    // The pods that have addresses of a rule are declared with them only where a flow accepts that.
    const known = mayReachPodsByAddress(peer) ? accepting : declared;
    if (known.cover(pods, peer, rule)) continue;
    const candidates = near()(pods).flatMap(({ boxes }) => boxes());
    for (const { box, minus } of admission.regions()) {
      const question = () =>
        `whether flows cover rule ${rule.index} of ${rule.policy.kind} ${rule.policy.name}, ${at(end)}`;
      const cell = inquiry.outside(box, [...minus, ...candidates], question);
      if (cell === undefined) continue;
      const connection = connectionOf(cell, end);
      inquiry.report(
        {
          statement: 'undeclared',
          namespace: end.namespace,
          direction: end.direction,
          connection,
          decidedBy: [decidedByRule(rule)],
        },
        (each) =>
          decide(inquiry.plane, each, 'may').admitted &&
          !halves.some(({ flow }) => declares(flow, each, ground.facts.ipBlockMode, 'may')),
        rule,
      );
      break;
    }
  }

  function mayReachPodsByAddress(peer: RulePeer): boolean {
    return peer.kind === 'addresses' && !ips.isEmpty(podsByAddress(peer.addresses, ground.facts, 'may'));
  }
}
