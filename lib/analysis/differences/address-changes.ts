import type { IpInterval, IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { NOTHING, type VerdictId } from '../connectivity/verdicts';
import { type ChangeId, SAME, type VerdictChanges } from './verdict-changes';

/** What passes with addresses, a verdict at a time; with the others nothing does. */
export type AddressesByVerdict = ReadonlyMap<VerdictId, IpSet>;

export interface AddressChange {
  readonly change: ChangeId;
  readonly addresses: IpSet;
  readonly text: string;
}

/**
 * What changed with addresses, a change at a time. Both sides are walked together by where their verdicts begin and end: a
 * pod may have as many verdicts as blocks, and most pairs of them have no address in common.
 */
export function addressChanges(
  was: AddressesByVerdict,
  is: AddressesByVerdict,
  changes: VerdictChanges,
): readonly AddressChange[] {
  const found = new Map<ChangeId, { readonly v4: IpInterval[]; readonly v6: IpInterval[] }>();
  for (const family of ['v4', 'v6'] as const) {
    forEachPiece(runsOf(was, family), runsOf(is, family), (piece, before, after) => {
      const change = changes.of(before, after);
      if (change === SAME) return;
      const sets = found.get(change) ?? { v4: [], v6: [] };
      found.set(change, sets);
      ips.appendInterval(sets[family], piece);
    });
  }
  return [...found].map(([change, addresses]) => ({ change, addresses, text: ips.ipsText(addresses) }));
}

/** Addresses beside one another with one verdict. */
interface Run extends IpInterval {
  readonly verdict: VerdictId;
}

/** All addresses of a family in order: every one is in one run. */
function runsOf(cells: AddressesByVerdict, family: 'v4' | 'v6'): readonly Run[] {
  const told = [...cells].flatMap(([verdict, set]) => set[family].map((interval) => ({ ...interval, verdict })));
  told.sort((a, b) => (a.first < b.first ? -1 : 1));
  const [{ last: end }] = ips.all[family];
  const runs: Run[] = [];
  let next = 0n;
  for (const run of told) {
    if (next < run.first) runs.push({ first: next, last: run.first - 1n, verdict: NOTHING });
    runs.push(run);
    next = run.last + 1n;
  }
  if (next <= end) runs.push({ first: next, last: end, verdict: NOTHING });
  return runs;
}

/** The parts in which neither side changes its verdict, in order. */
function forEachPiece(
  was: readonly Run[],
  is: readonly Run[],
  take: (piece: IpInterval, before: VerdictId, after: VerdictId) => void,
): void {
  let [i, j] = [0, 0];
  while (i < was.length && j < is.length) {
    const [old, own] = [was[i], is[j]];
    const [, first] = inOrder(old.first, own.first);
    const [last] = inOrder(old.last, own.last);
    take({ first, last }, old.verdict, own.verdict);
    if (old.last === last) i += 1;
    if (own.last === last) j += 1;
  }
}

function inOrder(a: bigint, b: bigint): readonly [bigint, bigint] {
  return a < b ? [a, b] : [b, a];
}
