import type { Allowed } from '../../analysis';
import type { WhyUnknown } from '../attribution/known-end';
import type { FlowVerdict } from '../flow-record';
import type { AgainstManifests } from './against-manifests';
import type { Counted, SetAside } from './found';
import type { Judge, Tally } from './judge';
import { countAll, countPassed, type Outcome } from './outcome';
import { isOwnNode } from './own-node';

/** Counts what is in no entry, so that each record that was read is in an entry or in a count. */
export class Unlisted {
  readonly unattributable: Map<WhyUnknown, Counted>;
  readonly aside: Map<SetAside['what'], Counted>;
  /** Records that passed and surely may, by the graph or, without one, by the manifests. */
  asDeclared = 0;

  constructor(
    private readonly judge: Judge,
    private readonly policies: AgainstManifests | undefined,
  ) {
    this.unattributable = new Map(judge.unattributable);
    this.aside = new Map(judge.aside);
  }

  take(tally: Tally, listed: ReadonlySet<FlowVerdict>, allowed: Allowed | undefined): void {
    const { passed, unknown } = tally.outcomes;
    if (passed !== undefined && tally.declared.match === 'surely') this.asDeclared += passed.records;
    else if (passed !== undefined && !listed.has('passed')) this.takePassed(tally, passed, allowed);
    if (unknown !== undefined && !listed.has('unknown')) {
      add(this.aside, isOwnNode(tally) ? 'own-node' : 'no-verdict', unknown);
    }
  }

  private takePassed(tally: Tally, passed: Outcome, allowed: Allowed | undefined): void {
    if (isOwnNode(tally)) add(this.aside, 'own-node', passed);
    else if (this.judge.terms.namespaces !== undefined || isAllDropped(passed, tally.outcomes.dropped)) {
      add(this.aside, 'dropped-after', passed);
    } else if (allowed === undefined) {
      add(this.unattributable, this.policies?.whyNotAsked(tally) ?? 'nothing-declared', passed);
    } else this.asDeclared += passed.records;
  }
}

function isAllDropped(passed: Outcome, dropped: Outcome | undefined): boolean {
  return dropped !== undefined && countPassed(passed, dropped) === 0;
}

function add<K>(into: Map<K, Counted>, key: K, outcome: Outcome): void {
  const known = into.get(key);
  into.set(key, {
    records: (known?.records ?? 0) + outcome.records,
    count: (known?.count ?? 0) + countAll(outcome),
    sample: known?.sample ?? outcome.sample,
  });
}
