import type { ByClass } from '../connectivity/connectivity';
import { PairMemo } from '../connectivity/pair-memo';
import { NOTHING, type Verdict, type VerdictId } from '../connectivity/verdicts';
import { type ChangeKind, changeOf } from './verdict-change';

/** A verdict before and another after. */
export interface VerdictChange {
  readonly kind: ChangeKind;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** Number of a change; -1 where nothing changed. */
export type ChangeId = number;

export const SAME: ChangeId = -1;

/** Changes by the numbers of their verdicts, each worked out once. */
export class VerdictChanges {
  readonly #ids = new PairMemo();
  readonly #changes: VerdictChange[] = [];

  constructor(
    private readonly before: Pick<ByClass, 'verdict'>,
    private readonly after: Pick<ByClass, 'verdict'>,
  ) {}

  of(before: VerdictId, after: VerdictId): ChangeId {
    if (before === NOTHING && after === NOTHING) return SAME;
    const known = this.#ids.get(before, after);
    if (known >= 0) return known - 1;
    const [was, is] = [this.before.verdict(before), this.after.verdict(after)];
    const kind = changeOf(was, is);
    const id = kind === undefined ? SAME : this.#changes.push({ kind, before: was, after: is }) - 1;
    this.#ids.keep(before, after, id + 1);
    return id;
  }

  get(id: ChangeId): VerdictChange {
    return this.#changes[id];
  }
}
