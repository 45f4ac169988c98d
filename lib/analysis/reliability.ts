import type { Problem } from '../model/problem';
import * as selectors from '../model/selector';
import type { FileReading } from './files/read-files';
import type { PlaneReading } from './plane-of';

/** What the problems of a reading mean for answers. */
export interface Reliability {
  /** Any answer may be wrong. */
  readonly broken: readonly Problem[];
  /** Answers about some pods are in doubt, and say so. */
  readonly doubts: readonly Problem[];
}

/** A policy that is refused binds the pods that it may select: that is in the plane, unless it may select any. */
export function reliabilityOf({ refused, problems }: FileReading, plane: PlaneReading): Reliability {
  const ofSome = refused.filter(({ subject }) => !selectors.isAnything(subject.namespaces));
  const doubts = new Set(ofSome.map(({ problem }) => problem));
  return {
    broken: [...problems.filter((problem) => !doubts.has(problem)), ...plane.problems],
    doubts: problems.filter((problem) => doubts.has(problem)),
  };
}
