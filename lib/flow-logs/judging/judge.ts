import type { Match } from '../../analysis/connectivity/match';
import type { World } from '../../model/world';
import { Attribution } from '../attribution/attribution';
import type { AttributedEnd } from '../attribution/end';
import type { WhyUnknown } from '../attribution/known-end';
import type { WhatIsKnown } from '../attribution/known-ends';
import type { Terms } from '../attribution/terms';
import type { FlowRecord, FlowVerdict, LogNote } from '../flow-record';
import { ByEnds } from './by-ends';
import { Declarations, type Declared, NOTHING_DECLARED, requestsOfTerms } from './declared';
import type { Counted, LeftOff, NotesFound, Sample, SetAside } from './found';
import { LogNotes } from './log-notes';
import { countInto, type Outcome, OutcomeLists, outcomeOf } from './outcome';
import { type SeenTraffic, Traffics } from './traffic';

/** Flows that are alike, by what became of them. */
export interface Tally {
  readonly from: AttributedEnd;
  readonly to: AttributedEnd;
  readonly traffic: SeenTraffic;
  readonly declared: Declared;
  readonly outcomes: Record<FlowVerdict, Outcome | undefined>;
}

export interface JudgeOptions {
  readonly terms: Terms;
  readonly known: WhatIsKnown;
  /** In milliseconds since 1970: records before and after are left out. */
  readonly since?: number;
  readonly until?: number;
  /** Whether samples keep their line. @default false */
  readonly keepsText?: boolean;
  /** Flows that are told apart; further ones are counted. @default 20000 */
  readonly mostTallies?: number;
}

const MOST_TALLIES = 20_000;
/** What is kept to be fast is thrown away at this many, and worked out anew. */
const MOST_DECLARED = 40_000;
const VERDICT_NUMBERS: Readonly<Record<FlowVerdict, number>> = { passed: 0, dropped: 1, audited: 2, unknown: 3 };
const VERDICTS = 4;

/** Takes records in any order, and keeps what they come to in bounded memory. */
export class Judge {
  readonly tallies: Tally[] = [];
  readonly unattributable = new Map<WhyUnknown, Counted>();
  readonly aside = new Map<SetAside['what'], Counted>();
  /** For each flow of the graph how surely it was seen. */
  readonly seen: ('surely' | 'perhaps' | undefined)[];
  leftOff: LeftOff = { records: 0, undeclared: 0, dropped: 0 };
  records = 0;
  /** The times of the first and the last record, as an outcome has them. */
  first: number = Number.POSITIVE_INFINITY;
  last: number = Number.NEGATIVE_INFINITY;
  private readonly logNotes = new LogNotes();
  private readonly attribution: Attribution;
  private readonly declarations: Declarations;
  private readonly traffics: Traffics;
  /** Ends, by number, of which every flow that is declared or perhaps declared from them was surely seen. */
  private readonly allSeenFrom = new Set<number>();
  private readonly tallied = new ByEnds<Tally>();
  /** By the ends, and the traffic with the verdict: most records are found here, and nothing else of their tally is read. */
  private readonly outcomes = new ByEnds<Outcome>();
  private readonly lists = new OutcomeLists();
  private declared = new ByEnds<Declared>();
  private readonly mostTallies: number;

  constructor(private readonly options: JudgeOptions) {
    const { terms, known, mostTallies = MOST_TALLIES } = options;
    const requests = requestsOfTerms(terms);
    this.attribution = new Attribution(terms, known);
    this.declarations = new Declarations(terms, requests, known.world);
    this.traffics = new Traffics(requests);
    this.seen = terms.flows.map(() => undefined);
    this.mostTallies = mostTallies;
  }

  get declaredFlows(): Declarations {
    return this.declarations;
  }

  get terms(): Terms {
    return this.options.terms;
  }

  get world(): World | undefined {
    return this.options.known.world;
  }

  get notes(): NotesFound {
    return this.logNotes.found;
  }

  note(note: LogNote, log: string): void {
    this.logNotes.take(note, log);
  }

  record(record: FlowRecord, line: number, text: string, log: string): void {
    this.records++;
    const at = { log, line, text };
    if (this.isOutOfWindow(record)) {
      this.setAside('out-of-window', record, at);
      return;
    }
    this.keepTime(record);
    const { dns } = record;
    if (dns !== undefined && dns.addresses.length > 0) this.attribution.hears(dns.name, dns.addresses);
    const aside = asideOf(record);
    if (aside !== undefined) this.setAside(aside, record, at);
    if (aside === undefined) this.judge(record, at);
    else if (aside === 'replies') this.judgeReply(record);
  }

  private judge(record: FlowRecord, at: Required<Sample>): void {
    const from = this.attribution.of(record.source);
    const to = this.attribution.of(record.destination);
    const traffic = this.traffics.of(record);
    const number = traffic.id * VERDICTS + VERDICT_NUMBERS[record.verdict];
    const outcome = this.outcomes.of(from, to, number) ?? this.newOutcome(from, to, traffic, number, record, at);
    if (outcome !== undefined) countInto(outcome, record, this.lists);
  }

  /**
   * A reply shows that its flow is used, and counts for nothing else: where all flows from its source were seen, it says
   * nothing. Its request is kept, since a request that is like it is told by the first of them.
   */
  private judgeReply(record: FlowRecord): void {
    const from = this.attribution.of(record.source);
    const to = this.attribution.of(record.destination);
    if (record.request === undefined && this.allSeenFrom.has(from.id)) return;
    this.declaredOf(from, to, this.traffics.of(record));
  }

  private newOutcome(
    from: AttributedEnd,
    to: AttributedEnd,
    traffic: SeenTraffic,
    number: number,
    record: FlowRecord,
    at: Required<Sample>,
  ): Outcome | undefined {
    const tally = this.tallied.of(from, to, traffic.id) ?? this.newTally(from, to, traffic, record, at);
    if (tally === undefined) return undefined;
    const outcome = outcomeOf(this.sampleOf(at));
    tally.outcomes[record.verdict] = outcome;
    this.outcomes.set(from, to, number, outcome);
    return outcome;
  }

  /**
   * Undefined where the record is counted elsewhere. That is worked out for each such record: to keep it would cost more,
   * since what has no tally is met once or twice as a rule.
   */
  private newTally(
    from: AttributedEnd,
    to: AttributedEnd,
    traffic: SeenTraffic,
    record: FlowRecord,
    at: Required<Sample>,
  ): Tally | undefined {
    const scope = larger(from.inScope, to.inScope);
    if (scope === 'no') {
      this.setAside('others', record, at);
      return undefined;
    }
    const declared = this.declaredOf(from, to, traffic);
    const why = from.why ?? to.why;
    const isCertain = scope === 'surely' && declared.match !== 'perhaps' && !from.mayBeNode && !to.mayBeNode;
    const hangsOnEnd = !isCertain || this.terms.namespaces === undefined;
    if (why !== undefined && hangsOnEnd) {
      add(this.unattributable, why, record, () => this.sampleOf(at));
      return undefined;
    }
    if (this.tallies.length >= this.mostTallies) {
      this.leaveOff(record, declared);
      return undefined;
    }
    const tally: Tally = {
      from,
      to,
      traffic,
      declared,
      outcomes: { passed: undefined, dropped: undefined, audited: undefined, unknown: undefined },
    };
    this.tallies.push(tally);
    this.tallied.set(from, to, traffic.id, tally);
    return tally;
  }

  /** What is declared of it, and is seen by it. */
  private declaredOf(from: AttributedEnd, to: AttributedEnd, traffic: SeenTraffic): Declared {
    if (from.matches.size === 0 || to.matches.size === 0 || larger(from.inScope, to.inScope) === 'no') {
      return NOTHING_DECLARED;
    }
    const known = this.declared.of(from, to, traffic.kind);
    if (known !== undefined) return known;
    const declared = this.declarations.of(from, to, traffic);
    if (this.declared.size >= MOST_DECLARED) this.declared = new ByEnds();
    this.declared.set(from, to, traffic.kind, declared);
    this.mark(declared);
    if (!this.allSeenFrom.has(from.id) && this.isAllSeenFrom(from)) this.allSeenFrom.add(from.id);
    return declared;
  }

  private isAllSeenFrom({ matches }: AttributedEnd): boolean {
    for (const end of matches.keys()) {
      for (const flow of this.terms.flowsFrom.get(end) ?? []) if (this.seen[flow] !== 'surely') return false;
    }
    return true;
  }

  private mark({ match, flows }: Declared): void {
    if (match === 'no') return;
    for (const flow of flows) if (this.seen[flow] !== 'surely') this.seen[flow] = match;
  }

  private leaveOff({ verdict }: FlowRecord, { match }: Declared): void {
    const { records, undeclared, dropped } = this.leftOff;
    this.leftOff = {
      records: records + 1,
      undeclared: undeclared + (verdict === 'passed' && match === 'no' ? 1 : 0),
      dropped: dropped + (verdict === 'dropped' ? 1 : 0),
    };
  }

  private setAside(what: SetAside['what'], record: FlowRecord, at: Required<Sample>): void {
    add(this.aside, what, record, () => this.sampleOf(at));
  }

  private sampleOf({ log, line, text }: Required<Sample>): Sample {
    return this.options.keepsText === true && text !== '' ? { log, line, text } : { log, line };
  }

  private isOutOfWindow(record: FlowRecord): boolean {
    const { since, until } = this.options;
    if (since === undefined && until === undefined) return false;
    const { from = record.until, until: last = record.from } = record;
    if (from === undefined || last === undefined) return false;
    return (since !== undefined && last < since) || (until !== undefined && from > until);
  }

  private keepTime(record: FlowRecord): void {
    const { from = record.until, until = record.from } = record;
    if (from !== undefined && from < this.first) this.first = from;
    if (until !== undefined && until > this.last) this.last = until;
  }
}

/** What no graph could say anything of. */
function asideOf({ isReply, protocol, verdict, byPolicy, source, destination }: FlowRecord) {
  if (isReply === true) return 'replies';
  if (protocol === 'other') return 'other-protocols';
  if (verdict === 'dropped' && byPolicy === false) return 'no-policy';
  if (verdict === 'dropped' && (source.isStarting === true || destination.isStarting === true)) return 'starting';
  const isSelf =
    source.pod !== undefined && source.pod === destination.pod && source.namespace === destination.namespace;
  return isSelf ? 'self' : undefined;
}

function larger(a: Match, b: Match): Match {
  if (a === 'surely' || b === 'surely') return 'surely';
  return a === 'perhaps' || b === 'perhaps' ? 'perhaps' : 'no';
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function add<K>(into: Map<K, Counted>, key: K, { count }: FlowRecord, sample: () => Sample): void {
  const known = into.get(key) as Mutable<Counted> | undefined;
  if (known === undefined) {
    into.set(key, { records: 1, count, sample: sample() });
    return;
  }
  known.records++;
  known.count += count;
}
