import { complement } from '../../model/key-constraint';
import { isEmptyPodSet, type PodSet, podSet, podSetsIntersect } from '../../model/pod-set';
import { ZeroTrustError } from '../../model/problem';
import type { Selector } from '../../model/selector';
import { both, fromConstraints } from '../../model/selector-algebra';

/** Sets beyond which a difference is of no use, and takes too long. */
const MOST = 20_000;

/**
 * The pods of `whole` that are in none of `others`, as disjoint sets. Wide sets are taken away first, since most others
 * then have nothing left to take.
 *
 * @throws ZeroTrustError if the selectors overlap in so many ways that the sets cannot be listed
 */
export function withoutAll(whole: PodSet, others: readonly PodSet[]): PodSet[] {
  const widestFirst = [...others].sort((a, b) => size(a) - size(b));
  let rest = [whole];
  for (const other of widestFirst) {
    rest = rest.flatMap((part) => (podSetsIntersect(part, other) ? without(part, other) : [part]));
    if (rest.length > MOST) {
      throw new ZeroTrustError({
        rule: 'proof-budget',
        what: `The pods that nothing isolates fall into more than ${MOST} sets, since the selectors of the policies overlap in too many ways`,
        fix: 'Isolate whole namespaces by an empty podSelector, so that the other policies do not matter for it.',
      });
    }
  }
  return rest;
}

function without(part: PodSet, other: PodSet): PodSet[] {
  const inNamespaces = both(part.namespaces, other.namespaces);
  return [
    ...outside(part.namespaces, other.namespaces).map((namespaces) => podSet(namespaces, part.pods)),
    ...outside(part.pods, other.pods).map((pods) => podSet(inNamespaces, pods)),
  ].filter((set) => !isEmptyPodSet(set));
}

/** What is in `a` and not in `b`, split along one key of `b` after another. */
function outside(a: Selector, b: Selector): Selector[] {
  let rest = a;
  return b.constraints.map((constraint) => {
    const part = both(rest, fromConstraints([complement(constraint)]));
    rest = both(rest, fromConstraints([constraint]));
    return part;
  });
}

function size({ namespaces, pods }: PodSet): number {
  return namespaces.constraints.length + pods.constraints.length;
}
