import { type Box, isWithin, meet, overlaps } from './box';
import type { Region } from './effective-relation';
import { type Finding, type Ground, uncovered } from './search';

/** Searches that one question may still take. */
export interface Searches {
  left: number;
}

/**
 * A connection of the box that is in none of the boxes of `minus` and that no region has.
 *
 * A region is a box with holes. What no region has lies outside all their boxes, or in a hole of one; in a hole, the
 * regions that have it cut out are of no account, so each step has fewer.
 *
 * @param searches undecided where these are used up. @default as many as it takes
 */
export function unadmitted(
  box: Box,
  regions: readonly Region[],
  ground: Ground,
  minus: readonly Box[] = [],
  searches: Searches = { left: Number.POSITIVE_INFINITY },
): Finding {
  if (searches.left-- <= 0) return { kind: 'undecided' };
  const near = regions.filter((region) => overlaps(region.box, box));
  const outside = uncovered(box, [...minus, ...near.map((region) => region.box)], ground);
  if (outside.kind !== 'covered') return outside;
  for (const hole of new Set(near.flatMap((region) => region.minus))) {
    const inHole = meet(box, hole);
    if (inHole === undefined || minus.some((each) => isWithin(inHole, each))) continue;
    const others = near.filter((region) => !region.minus.some((each) => isWithin(inHole, each)));
    const finding = unadmitted(inHole, others, ground, minus, searches);
    if (finding.kind !== 'covered') return finding;
  }
  return outside;
}
