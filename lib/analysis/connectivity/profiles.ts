import type { Direction, Plane } from '../../model/layer';
import { allowedProfiles, type Profile } from './admissions';
import type { ClassSets } from './class-sets';
import { decidedProfiles } from './decided-profiles';
import type { PodClass } from './pod-classes';
import { soleLayer } from './sole-layer';
import type { Verdicts } from './verdicts';

/** The profile of each class under a plane. Where nothing but allows is in it, their order need not be followed. */
export function profiles(
  plane: Plane,
  direction: Direction,
  classes: readonly PodClass[],
  sets: ClassSets,
  verdicts: Verdicts,
): readonly Profile[] {
  const layer = soleLayer(plane);
  return layer === undefined
    ? decidedProfiles(plane.layers, direction, classes, sets, verdicts)
    : allowedProfiles(layer, direction, classes, sets, verdicts);
}
