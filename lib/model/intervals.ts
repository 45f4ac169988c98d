/**
 * A set of whole numbers by its edges, rising: the first number in it, the first one after, and so on in turn. Half-open,
 * so that neighbours meet in one edge and sets of numbers and of bigints need nothing but comparison.
 */
export type Edges<N extends number | bigint> = readonly N[];

export function unionOf<N extends number | bigint>(sets: readonly Edges<N>[]): Edges<N> {
  if (sets.length <= 1) return sets[0] ?? [];
  // In halves: one set after another would copy the growing sum each time.
  const middle = sets.length >>> 1;
  return combine(unionOf(sets.slice(0, middle)), unionOf(sets.slice(middle)), (inA, inB) => inA || inB);
}

export function intersectionOf<N extends number | bigint>(a: Edges<N>, b: Edges<N>): Edges<N> {
  return combine(a, b, (inA, inB) => inA && inB);
}

/** What is in `a` and not in `b`. */
export function differenceOf<N extends number | bigint>(a: Edges<N>, b: Edges<N>): Edges<N> {
  return combine(a, b, (inA, inB) => inA && !inB);
}

/** Walks both by their edges; what is in neither is never kept. */
function combine<N extends number | bigint>(
  a: Edges<N>,
  b: Edges<N>,
  keeps: (inA: boolean, inB: boolean) => boolean,
): Edges<N> {
  const edges: N[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const edge = j === b.length || (i < a.length && a[i] < b[j]) ? a[i] : b[j];
    if (a[i] === edge) i++;
    if (b[j] === edge) j++;
    // An odd number of edges passed is inside; the same holds for what is kept.
    if (keeps(i % 2 === 1, j % 2 === 1) !== (edges.length % 2 === 1)) edges.push(edge);
  }
  return edges;
}
