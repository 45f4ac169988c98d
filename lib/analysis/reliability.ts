import { isEveryPod } from '../model/pod-set';
import type { Problem } from '../model/problem';
import type { PlaneReading } from './plane-of';
import type { ManifestReading } from './read-manifests';

/** What the problems of a reading mean for answers. */
export interface Reliability {
  /** Any answer may be wrong. */
  readonly broken: readonly Problem[];
  /** Answers about some pods are in doubt, and say so. */
  readonly doubts: readonly Problem[];
}

/**
 * A policy that is refused, or of which the engine makes nobody knows what, binds the pods that it may select: that is in
 * the plane, unless it may select any.
 */
export function reliabilityOf(
  { refused, problems }: Pick<ManifestReading, 'refused' | 'problems'>,
  plane: Pick<PlaneReading, 'problems' | 'doubts'>,
): Reliability {
  const ofSome = refused.filter(({ subject }) => !isEveryPod(subject)).map(({ problem }) => problem);
  const ofAny = refused.filter(({ subject }) => isEveryPod(subject)).map(({ problem }) => problem);
  const doubtful = new Set([...ofSome, ...plane.doubts]);
  for (const problem of ofAny) doubtful.delete(problem);
  const all = [...problems, ...plane.problems];
  return {
    broken: all.filter((problem) => !doubtful.has(problem)),
    doubts: all.filter((problem) => doubtful.has(problem)),
  };
}
