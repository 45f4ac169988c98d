import { differenceOf, type Edges, intersectionOf, unionOf as unionOfEdges } from './intervals';
import { addressText, BITS, type Family, type IpBlock, lastOf, parseAddress } from './ip-block';

/** First and last address, both in it. */
export interface IpInterval {
  readonly first: bigint;
  readonly last: bigint;
}

/** Addresses of both families; canonical: sorted, disjoint, with a gap between neighbours. */
export interface IpSet {
  readonly v4: readonly IpInterval[];
  readonly v6: readonly IpInterval[];
}

export const none: IpSet = { v4: [], v6: [] };
export const anyIpv4: IpSet = ofBlock({ family: 'v4', first: 0n, prefix: 0 });
export const anyIpv6: IpSet = ofBlock({ family: 'v6', first: 0n, prefix: 0 });
export const all: IpSet = { v4: anyIpv4.v4, v6: anyIpv6.v6 };

export function ofBlock(block: IpBlock): IpSet {
  return { ...none, [block.family]: [{ first: block.first, last: lastOf(block) }] };
}

export function union(...sets: readonly IpSet[]): IpSet {
  return unionOf(sets);
}

/** The union of a list, which may be longer than a call can have arguments. */
export function unionOf(sets: readonly IpSet[]): IpSet {
  if (sets.length === 1) return sets[0];
  return forEachFamily((family) => unionOfEdges(sets.map((set) => edges(set[family]))));
}

// Mostly a block is held against a range that has nothing of it: then there is no set to make, and what was given comes
// back as it is, with all that is remembered of it.

/** What is in `a` and not in `b`. */
export function difference(a: IpSet, b: IpSet): IpSet {
  if (!intersects(a, b)) return a;
  return forEachFamily((family) => differenceOf(edges(a[family]), edges(b[family])));
}

export function intersection(a: IpSet, b: IpSet): IpSet {
  if (!intersects(a, b)) return none;
  return forEachFamily((family) => intersectionOf(edges(a[family]), edges(b[family])));
}

/** `a` has all of `b`. */
export function contains(a: IpSet, b: IpSet): boolean {
  return containsAll(a.v4, b.v4) && containsAll(a.v6, b.v6);
}

/** Some address is in both. */
export function intersects(a: IpSet, b: IpSet): boolean {
  return meet(a.v4, b.v4) || meet(a.v6, b.v6);
}

// Both are asked about every rule, so that no set is made to be thrown away.

/** Neighbours have a gap between them, so that what is inside is inside one. */
function containsAll(a: readonly IpInterval[], b: readonly IpInterval[]): boolean {
  let i = 0;
  return b.every(({ first, last }) => {
    while (i < a.length && a[i].last < first) i++;
    return i < a.length && a[i].first <= first && last <= a[i].last;
  });
}

function meet(a: readonly IpInterval[], b: readonly IpInterval[]): boolean {
  let i = 0;
  return b.some(({ first, last }) => {
    while (i < a.length && a[i].last < first) i++;
    return i < a.length && a[i].first <= last;
  });
}

export function equal(a: IpSet, b: IpSet): boolean {
  const same = (x: readonly IpInterval[], y: readonly IpInterval[]) =>
    x.length === y.length && x.every(({ first, last }, i) => first === y[i].first && last === y[i].last);
  return same(a.v4, b.v4) && same(a.v6, b.v6);
}

export function isEmpty({ v4, v6 }: IpSet): boolean {
  return v4.length === 0 && v6.length === 0;
}

/** How many addresses of each family. */
export function size(set: IpSet): { readonly v4: bigint; readonly v6: bigint } {
  const count = (intervals: readonly IpInterval[]) =>
    intervals.reduce((sum, { first, last }) => sum + last - first + 1n, 0n);
  return { v4: count(set.v4), v6: count(set.v6) };
}

/** @throws ZeroTrustError for text that is not one address. */
export function hasAddress(set: IpSet, text: string): boolean {
  const { family, first: address } = parseAddress(text);
  return set[family].some(({ first, last }) => first <= address && address <= last);
}

/** An address of the set: the lowest but one where there are two beside each other, since the lowest names a network. */
export function sampleAddress(set: IpSet): string | undefined {
  const family: Family = set.v4.length > 0 ? 'v4' : 'v6';
  const interval = set[family][0];
  if (interval === undefined) return undefined;
  return addressText(family, interval.first < interval.last ? interval.first + 1n : interval.first);
}

/** The edges of intervals, as `intervals.ts` has them. */
export function edges(intervals: readonly IpInterval[]): Edges<bigint> {
  const found: bigint[] = [];
  for (const { first, last } of intervals) found.push(first, last + 1n);
  return found;
}

function forEachFamily(part: (family: Family) => Edges<bigint>): IpSet {
  return { v4: intervalsOf(part('v4')), v6: intervalsOf(part('v6')) };
}

function intervalsOf(edgesOfSet: Edges<bigint>): IpInterval[] {
  const intervals: IpInterval[] = [];
  for (let i = 0; i < edgesOfSet.length; i += 2) {
    intervals.push({ first: edgesOfSet[i], last: edgesOfSet[i + 1] - 1n });
  }
  return intervals;
}

/** Puts a piece behind intervals of lower addresses. Neighbours have a gap between them: a piece that follows is joined. */
export function appendInterval(intervals: IpInterval[], { first, last }: IpInterval): void {
  const before = intervals[intervals.length - 1];
  if (before !== undefined && before.last + 1n === first) {
    intervals[intervals.length - 1] = { first: before.first, last };
  } else {
    intervals.push({ first, last });
  }
}

/** The block of exactly these addresses, where there is one. */
export function blockOf(family: Family, { first, last }: IpInterval): IpBlock | undefined {
  const hostBits = last - first;
  // As many addresses as a power of two, from a multiple of it.
  if ((hostBits & (hostBits + 1n)) !== 0n || (first & hostBits) !== 0n) return undefined;
  return { family, first, prefix: BITS[family] - (hostBits === 0n ? 0 : hostBits.toString(2).length) };
}

/** The fewest blocks without exceptions, in order. */
export function blocksOf(family: Family, { first, last }: IpInterval): IpBlock[] {
  const found: IpBlock[] = [];
  for (let next = first; next <= last; next = lastOf(found[found.length - 1]) + 1n) {
    found.push(widestFrom(family, next, last));
  }
  return found;
}

/** The widest block that begins at `first` and does not pass `last`. */
function widestFrom(family: Family, first: bigint, last: bigint): IpBlock {
  let block: IpBlock = { family, first, prefix: BITS[family] };
  while (block.prefix > 0) {
    const wider: IpBlock = { family, first, prefix: block.prefix - 1 };
    const isAligned = first % (lastOf(wider) - first + 1n) === 0n;
    if (!isAligned || lastOf(wider) > last) break;
    block = wider;
  }
  return block;
}
