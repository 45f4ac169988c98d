import type { Plane } from '../../model/layer';
import { worldNamedBy } from '../../model/named-ports';
import type { Workload, World } from '../../model/world';
import { type PodClasses, podClasses } from './pod-classes';
import { Selected } from './selected';

/** The workloads of a world in classes that a plane tells apart, and which of them selectors have. */
export interface ClassesUnder extends PodClasses {
  /** In the order of the world, with the names of ports that mean something to the plane. */
  readonly workloads: readonly Workload[];
  readonly selected: Selected;
  /** Workloads of different addresses are in different classes. */
  readonly byAddress: boolean;
}

/** `blocksMatchPods`: whether blocks of addresses match pods; where no address is known, that tells none apart. */
export function classesUnder(plane: Pick<Plane, 'namesOf'>, world: World, blocksMatchPods: boolean): ClassesUnder {
  const named = worldNamedBy(plane, world);
  const byAddress = blocksMatchPods && named.workloads.some(({ addresses }) => addresses.length > 0);
  const { classes, ofWorkload } = podClasses(named, byAddress);
  return { workloads: named.workloads, classes, ofWorkload, selected: new Selected(classes), byAddress };
}
