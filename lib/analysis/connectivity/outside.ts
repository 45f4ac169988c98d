import type { IpInterval, IpSet } from '../../model/ip-set';
import type { WithAddresses } from './matches';
import { NOTHING, type VerdictId, type Verdicts } from './verdicts';

/** Addresses beside each other of which the same is admitted. */
export interface AddressRange extends IpInterval {
  readonly verdict: VerdictId;
}

/** What is admitted of the addresses outside, in ranges: sorted, disjoint, neighbours with equal verdicts merged. */
export interface Outside {
  readonly v4: readonly AddressRange[];
  readonly v6: readonly AddressRange[];
}

export function outside(admissions: readonly WithAddresses[], verdicts: Verdicts): Outside {
  return { v4: sweep('v4', admissions, verdicts), v6: sweep('v6', admissions, verdicts) };
}

/** The verdict of one address, by binary search. */
export function verdictAt(ranges: readonly AddressRange[], address: bigint): VerdictId {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle].last < address) low = middle + 1;
    else high = middle;
  }
  const range = ranges[low];
  return range !== undefined && range.first <= address ? range.verdict : NOTHING;
}

interface Edge {
  readonly at: bigint;
  readonly verdict: VerdictId;
  readonly begins: boolean;
}

/** Walks the edges of all intervals in order; between two of them the same admissions hold. */
function sweep(family: keyof IpSet, admissions: readonly WithAddresses[], verdicts: Verdicts): AddressRange[] {
  const edges = admissions.flatMap(({ addresses, verdict }) =>
    addresses[family].flatMap(({ first, last }): Edge[] => [
      { at: first, verdict, begins: true },
      { at: last + 1n, verdict, begins: false },
    ]),
  );
  edges.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const ranges: AddressRange[] = [];
  const holding = new Map<VerdictId, number>();
  edges.forEach(({ at, verdict, begins }, i) => {
    const count = (holding.get(verdict) ?? 0) + (begins ? 1 : -1);
    if (count === 0) holding.delete(verdict);
    else holding.set(verdict, count);
    const next = edges[i + 1]?.at;
    if (next !== undefined && next > at && holding.size > 0) append(ranges, at, next - 1n, unionOf(holding, verdicts));
  });
  return ranges;
}

function unionOf(holding: ReadonlyMap<VerdictId, number>, verdicts: Verdicts): VerdictId {
  let union = NOTHING;
  for (const verdict of holding.keys()) union = verdicts.union(union, verdict);
  return union;
}

function append(ranges: AddressRange[], first: bigint, last: bigint, verdict: VerdictId): void {
  const before = ranges[ranges.length - 1];
  if (before !== undefined && before.verdict === verdict && before.last + 1n === first) {
    ranges[ranges.length - 1] = { first: before.first, last, verdict };
  } else {
    ranges.push({ first, last, verdict });
  }
}
