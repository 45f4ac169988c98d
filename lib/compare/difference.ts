import type { Selector } from '../model/selector';
import * as selectors from '../model/selector';
import { type Box, isEmpty, meet, overlaps } from '../proof/space/box';
import type { Admission, Effective, Region } from '../proof/space/effective-relation';
import type { Finding, Ground } from '../proof/space/search';
import { unadmitted } from '../proof/space/unadmitted';
import { bySubject } from '../proof/terms/by-subject';
import { lazily } from '../proof/terms/made-once';
import { TrafficByEnds } from '../proof/terms/traffic-by-ends';

/** Searches that one region may take, each within the budget. */
const SEARCHES = 2_000;

/** What bounds a search beside the regions: the subjects of an end, and what cannot be. */
export interface Bounds {
  readonly within: Selector;
  readonly impossible: () => readonly Box[];
  readonly ground: Ground;
}

/** A cell, or that a search was given up. */
export type Found = Extract<Finding, { kind: 'found' | 'undecided' }>;

/** The connections of one relation that another lacks, one for each region that has any. */
export function* escaping(
  of: Effective,
  others: Effective,
  bounds: Bounds,
  blocksMeanTheSame: boolean,
): Generator<Found> {
  const known = new TrafficByEnds();
  for (const admission of others.admissions) {
    const { rule, peer } = admission;
    if (admission.isPlain()) known.add(rule.subject.pods, peer, rule);
  }
  const near = lazily(() => bySubject(others.admissions, ({ rule }) => rule.subject.pods));
  const isKnown = ({ rule, peer }: Admission) =>
    (peer.kind !== 'addresses' || blocksMeanTheSame) && known.cover(rule.subject.pods, peer, rule);
  for (const admission of of.admissions) {
    if (isKnown(admission)) continue;
    const candidates = lazily(() => regionsOf(near()(admission.rule.subject.pods), others.byDefault));
    for (const region of admission.regions()) yield* outside(region, candidates, bounds);
  }
  const all = lazily(() => regionsOf(others.admissions, others.byDefault));
  for (const region of of.byDefault) yield* outside(region, all, bounds);
}

/** What of some regions none of the others has: one connection for each region that has any. */
export function* outside(region: Region, others: () => readonly Region[], bounds: Bounds): Generator<Found> {
  const box = restricted(region.box, bounds.within);
  if (box === undefined) return;
  const minus = [...region.minus, ...bounds.impossible()];
  const finding = unadmitted(box, others(), bounds.ground, minus, { left: SEARCHES });
  if (finding.kind !== 'covered') yield finding;
}

/**
 * The connections that both relations have and that do not pass in both by default, one for each pair of regions that has
 * any. `defaults` are the lower bounds of what passes by default.
 */
export function* sharing(
  a: Effective,
  b: Effective,
  defaults: { readonly a: readonly Region[]; readonly b: readonly Region[] },
  bounds: Bounds,
): Generator<Found> {
  const passing = lazily(() => [...meeting(defaults.a, defaults.b)]);
  const [admitted, others] = [a, b].map(({ admissions }) => regionsOf(admissions, []));
  for (const region of meeting(admitted, others)) yield* outside(region, passing, bounds);
  for (const region of meeting(admitted, b.byDefault)) yield* outside(region, passing, bounds);
  for (const region of meeting(a.byDefault, others)) yield* outside(region, passing, bounds);
}

function* meeting(a: readonly Region[], b: readonly Region[]): Generator<Region> {
  for (const one of a) {
    for (const other of b) {
      const box = overlaps(one.box, other.box) ? meet(one.box, other.box) : undefined;
      if (box !== undefined) yield { box, minus: [...one.minus, ...other.minus] };
    }
  }
}

function regionsOf(admissions: readonly Admission[], byDefault: readonly Region[]): readonly Region[] {
  return [...admissions.flatMap((each) => each.regions()), ...byDefault];
}

function restricted(box: Box, within: Selector): Box | undefined {
  const own = { ...box, subject: selectors.both(box.subject, within) };
  return isEmpty(own) ? undefined : own;
}
