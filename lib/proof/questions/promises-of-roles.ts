import { type GraphData, type GraphTier, tierKey } from '../../graph/graph-data';
import { isPods } from '../../model/endpoint';
import { matchesPod } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import { meet } from '../space/box';
import { boxesOfEndpoint } from '../space/boxes';
import { decide, declares, isPeer } from '../space/decision';
import type { Admission } from '../space/effective-relation';
import type { RolePromise } from '../terms/asked';
import { lazily } from '../terms/made-once';
import { connectionOf, decidedBy, type End } from './declared-and-effective';
import { boxesOfHalf } from './halves-of-flows';
import type { Inquiry } from './inquiry';

/**
 * The promises of roles hold for every pod of a tier, whatever else selects it: the policies of a tier that overlaps, and
 * those of others. A promise that a flow of the tier acknowledges is kept by the rest; one that the tier itself
 * acknowledges is waived.
 */
export function findBrokenPromises(
  promises: readonly RolePromise[],
  declared: GraphData,
  ends: readonly End[],
  inquiry: Inquiry,
): void {
  const tiers = new Map(declared.tiers.map((tier) => [tierKey(tier), tier]));
  const endAt = new Map(ends.map((end) => [`${end.namespace} ${end.direction}`, end]));
  const admissionsAt = admissionsByPeerKind();
  for (const promise of promises) {
    inquiry.cells++;
    const tier = tiers.get(tierKey(promise.tier));
    const end = tier === undefined ? undefined : endAt.get(`${tier.namespace} ${promise.direction ?? 'egress'}`);
    if (tier === undefined || end === undefined) {
      inquiry.notProved.push({
        reason: 'vacuous',
        what: `the graph has no tier ${tierKey(promise.tier)} that could keep ${promise.rule}`,
      });
      continue;
    }
    if (tier.acknowledged.some(({ rule }) => rule === promise.rule)) continue;
    findBroken(promise, tier, end);
  }

  function findBroken(promise: RolePromise, { pods }: GraphTier, end: End): void {
    const forbidden = lazily(() => boxesOfEndpoint(pods.pods, promise.forbids, end.direction, inquiry.ground));
    const acknowledged = end.managed.filter(({ flow, direction }) => {
      const own = direction === 'egress' ? flow.from : flow.to;
      const isOfTier = own.kind === 'tier' && own.name === promise.tier.name;
      const isMeant = flow.acknowledged.some(({ rule }) => rule === promise.rule) || promise.spares?.(flow) === true;
      return isOfTier && isMeant;
    });
    const excepted = lazily(() => acknowledged.flatMap((half) => boxesOfHalf(half, inquiry.ground, 'may')));
    for (const admission of admissionsAt(end, isPods(promise.forbids) ? 'pods' : 'others')) {
      const { rule } = admission;
      if (!selectors.intersects(rule.subject.pods, pods.pods)) continue;
      const isRead = rule.doubt === undefined;
      for (const { box, minus } of admission.regions()) {
        for (const other of forbidden()) {
          const both = meet(box, other);
          if (both === undefined || (rule.doubt !== undefined && inquiry.dependsOn(rule.doubt))) continue;
          const cell = inquiry.outside(
            both,
            [...minus, ...excepted()],
            () => `whether ${tierKey(promise.tier)} keeps ${promise.rule}`,
          );
          if (cell === undefined) continue;
          const connection = connectionOf(cell, end);
          const decision = decide(isRead ? inquiry.planeAsRead : inquiry.plane, connection, 'may');
          inquiry.report(
            {
              statement: 'promise',
              namespace: end.namespace,
              direction: end.direction,
              connection,
              decidedBy: decidedBy(decision),
              promise,
            },
            (each) =>
              decide(inquiry.plane, each, 'may').admitted &&
              isPeer(promise.forbids, each) &&
              matchesPod(pods, each.subject.namespace, each.subject.labels) &&
              !acknowledged.some(({ flow }) => declares(flow, each, inquiry.plane.ipBlockMode, 'may')),
            rule,
          );
          // What is not read may be wider than what is, and is not all that there is to say.
          if (isRead) return;
        }
      }
    }
  }
}

/** Most rules are about pods, and most promises about addresses: each looks at its own kind alone. */
function admissionsByPeerKind(): (end: End, kind: 'pods' | 'others') => readonly Admission[] {
  const sorted = new Map<End, { readonly pods: readonly Admission[]; readonly others: readonly Admission[] }>();
  return (end, kind) => {
    let both = sorted.get(end);
    if (both === undefined) {
      // Address blocks may match pods, so they are in both.
      const { admissions } = end.may;
      both = { pods: admissions, others: admissions.filter(({ peer }) => peer.kind !== 'pods') };
      sorted.set(end, both);
    }
    return both[kind];
  };
}
