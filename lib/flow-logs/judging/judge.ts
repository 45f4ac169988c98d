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
import { countInto, type Outcome, outcomeOf } from './outcome';
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

/** Takes records in any order, and keeps what they come to in bounded memory. */
export class Judge {
  readonly tallies: Tally[] = [];
  readonly unattributable = new Map<WhyUnknown, Counted>();
  readonly aside = new Map<SetAside['what'], Counted>();
  /** For each flow of the graph how surely it was seen. */
  readonly seen: ('surely' | 'perhaps' | undefined)[];
  leftOff: LeftOff = { records: 0, undeclared: 0, dropped: 0 };
  records = 0;
  first: number | undefined;
  last: number | undefined;
  private readonly logNotes = new LogNotes();
  private readonly attribution: Attribution;
  private readonly declarations: Declarations;
  private readonly traffics: Traffics;
  private readonly tallied = new ByEnds<Tally>();
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
    const tally = this.tallied.of(from, to, traffic.id) ?? this.newTally(from, to, traffic, record, at);
    if (tally !== undefined) countInto(this.outcome(tally, record.verdict, at), record);
  }

  /** A reply shows that its flow is used, and counts for nothing else. */
  private judgeReply(record: FlowRecord): void {
    const from = this.attribution.of(record.source);
    const to = this.attribution.of(record.destination);
    this.declaredOf(from, to, this.traffics.of(record));
  }

  private outcome({ outcomes }: Tally, verdict: FlowVerdict, at: Required<Sample>): Outcome {
    let outcome = outcomes[verdict];
    if (outcome === undefined) {
      outcome = outcomeOf(this.sampleOf(at));
      outcomes[verdict] = outcome;
    }
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
    return declared;
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
    if (from !== undefined && !(from >= (this.first ?? Number.POSITIVE_INFINITY))) this.first = from;
    if (until !== undefined && !(until <= (this.last ?? Number.NEGATIVE_INFINITY))) this.last = until;
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
