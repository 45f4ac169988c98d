import type { Allowed } from '../../analysis';
import type { AttributedEnd } from '../attribution/end';
import type { FlowVerdict } from '../flow-record';
import type { AgainstManifests } from './against-manifests';
import { FLOW_CLASSES, type FlowClass, type FlowEnd, type FlowEntry } from './found';
import type { Judge, Tally } from './judge';
import { countDropped, countOf, countPassed, type Outcome, withPolicy } from './outcome';
import { isOwnNode } from './own-node';
import type { Unlisted } from './unlisted';
import { whyPerhaps } from './why-perhaps';

/** Of more than these nobody reads why. */
const MOST_EXPLAINED = 200;

/** What one tally comes to. */
interface Judged {
  readonly class: FlowClass;
  readonly certainty: FlowEntry['certainty'];
  readonly why: readonly string[];
  readonly verdict: FlowVerdict;
  readonly outcome: Outcome;
  readonly count: number;
}

/** Every entry, merged by what it is called, and in the one order. */
export function entriesOf(
  judge: Judge,
  policies: AgainstManifests | undefined,
  unlisted: Unlisted,
): readonly FlowEntry[] {
  const found = new Map<string, { entry: FlowEntry; readonly tally: Tally }>();
  for (const tally of judge.tallies) {
    const allowed = policies?.allowed(tally);
    const all = judgedOf(tally, allowed, judge, policies);
    unlisted.take(tally, new Set(all.map(({ verdict }) => verdict)), allowed);
    for (const judged of all) {
      const entry = entryOf(tally, judged, judge, allowed);
      const key = keyOf(entry);
      const known = found.get(key);
      found.set(key, known === undefined ? { entry, tally } : { entry: merged(known.entry, entry), tally });
    }
  }
  const ordered = [...found.values()].sort((a, b) => compare(a.entry, b.entry));
  let explained = 0;
  return ordered.map(({ entry, tally }) => {
    if (policies === undefined || !EXPLAINED.has(entry.class) || explained++ >= MOST_EXPLAINED) return entry;
    const explanation = policies.explanation(tally);
    return explanation === undefined ? entry : { ...entry, explanation };
  });
}

const EXPLAINED: ReadonlySet<FlowClass> = new Set(['dropped-though-declared', 'would-be-dropped']);

function judgedOf(
  tally: Tally,
  allowed: Allowed | undefined,
  judge: Judge,
  policies: AgainstManifests | undefined,
): readonly Judged[] {
  const { passed, dropped, audited, unknown } = tally.outcomes;
  const hasGraph = judge.terms.namespaces !== undefined;
  return [
    ...(passed === undefined ? [] : ofPassed(tally, passed, dropped, judge, policies, allowed)),
    ...(unknown === undefined || !hasGraph ? [] : ofUnknown(tally, unknown, judge)),
    ...(audited === undefined ? [] : ofAudited(audited)),
    ...(dropped === undefined ? [] : ofDropped(tally, dropped, judge, policies, allowed)),
  ];
}

function ofPassed(
  tally: Tally,
  passed: Outcome,
  dropped: Outcome | undefined,
  judge: Judge,
  policies: AgainstManifests | undefined,
  allowed: Allowed | undefined,
): Judged[] {
  const count = countPassed(passed, dropped);
  if (count === 0 || isOwnNode(tally)) return [];
  const one = { verdict: 'passed', outcome: passed, count } as const;
  const { match } = tally.declared;
  const found: Judged[] = [];
  if (judge.terms.namespaces !== undefined && match !== 'surely') {
    const certainty = match === 'no' ? 'surely' : 'perhaps';
    const isTriedOut = isOnlyTriedOut(tally);
    const why = [...(match === 'perhaps' ? whyPerhaps(tally, judge) : []), ...(isTriedOut ? [TRIED_OUT] : [])];
    found.push({ class: isTriedOut ? 'would-be-dropped' : 'undeclared', certainty, why, ...one });
  }
  if (allowed !== undefined && !allowed.must) {
    const certainty = allowed.may ? 'perhaps' : 'surely';
    found.push({ class: 'would-be-dropped', certainty, why: allowed.may ? byUnknown(tally, policies) : [], ...one });
  }
  return found;
}

const TRIED_OUT = 'the policies of its namespace are only tried out (audit), and would drop it';
const BY_UNKNOWN = 'whether the manifests let it through hangs on what is not known of an end';
const NO_VERDICT = 'the log does not say whether it passed';
const NOT_ASKED = 'the manifests cannot be asked: an end or its port is not known';
const MAYBE_REPLY =
  'it may be a reply: its port is one that clients are given, the other way is declared, and the log does not mark replies of what is dropped';

/** With what it hangs on, where that can be said. */
function byUnknown(tally: Tally, policies: AgainstManifests | undefined): readonly string[] {
  return [BY_UNKNOWN, ...(policies?.unknownsOf(tally) ?? [])];
}

/** Every end that the graph answers for is in a namespace of audit. */
function isOnlyTriedOut({ from, to }: Tally): boolean {
  const ours = [from, to].filter(({ inScope }) => inScope === 'surely');
  return ours.length > 0 && ours.every(({ isAudited }) => isAudited);
}

function ofUnknown(tally: Tally, outcome: Outcome, judge: Judge): Judged[] {
  const { match } = tally.declared;
  if (match === 'surely' || isOwnNode(tally)) return [];
  const why = [NO_VERDICT, ...(match === 'perhaps' ? whyPerhaps(tally, judge) : [])];
  return [{ class: 'undeclared', certainty: 'perhaps', why, verdict: 'unknown', outcome, count: countOf(outcome) }];
}

function ofAudited(outcome: Outcome): Judged[] {
  return [
    { class: 'would-be-dropped', certainty: 'surely', why: [], verdict: 'audited', outcome, count: countOf(outcome) },
  ];
}

function ofDropped(
  tally: Tally,
  outcome: Outcome,
  judge: Judge,
  policies: AgainstManifests | undefined,
  allowed: Allowed | undefined,
): Judged[] {
  const hasGraph = judge.terms.namespaces !== undefined;
  const match = hasGraph ? tally.declared.match : matchOfAllowed(allowed);
  const one = { verdict: 'dropped', outcome, count: countDropped(outcome) } as const;
  if (match === 'no') {
    const isReply = mayBeReply(tally, judge);
    const why = isReply ? [MAYBE_REPLY] : [];
    return [{ class: 'dropped-and-undeclared', certainty: isReply ? 'perhaps' : 'surely', why, ...one }];
  }
  const whyNot = hasGraph
    ? whyPerhaps(tally, judge)
    : allowed === undefined && policies !== undefined
      ? [NOT_ASKED]
      : byUnknown(tally, policies);
  const certainty = match === 'surely' ? 'surely' : 'perhaps';
  return [{ class: 'dropped-though-declared', certainty, why: match === 'surely' ? [] : whyNot, ...one }];
}

function matchOfAllowed(allowed: Allowed | undefined): 'surely' | 'perhaps' | 'no' {
  if (allowed === undefined) return 'perhaps';
  return allowed.must ? 'surely' : allowed.may ? 'perhaps' : 'no';
}

/** Linux gives clients ports from here on (`net.ipv4.ip_local_port_range`, 32768 to 60999). */
const FIRST_CLIENT_PORT = 32_768;

function mayBeReply({ from, to, traffic }: Tally, judge: Judge): boolean {
  return (traffic.port ?? 0) >= FIRST_CLIENT_PORT && judge.declaredFlows.between(to, from);
}

function entryOf(tally: Tally, judged: Judged, judge: Judge, allowed: Allowed | undefined): FlowEntry {
  const { from, to, traffic, declared } = tally;
  const { outcome } = judged;
  const hasGraph = judge.terms.namespaces !== undefined;
  const because = declared.flows.flatMap((number) => judge.terms.flows[number].flow.because);
  return {
    class: judged.class,
    certainty: judged.certainty,
    why: judged.why,
    verdict: judged.verdict,
    from: endOf(from, outcome.from),
    to: endOf(to, outcome.to),
    ...(traffic.protocol !== undefined && { protocol: traffic.protocol }),
    ...(traffic.port !== undefined && { port: traffic.port }),
    ...(traffic.portIs === 'service' && { isServicePort: true }),
    ...(traffic.request !== undefined && { request: traffic.request }),
    count: judged.count,
    records: outcome.records,
    ...(Number.isFinite(outcome.first) && { first: outcome.first }),
    ...(Number.isFinite(outcome.last) && { last: outcome.last }),
    sample: outcome.sample,
    declared: {
      match: hasGraph ? declared.match : allowed === undefined ? 'unknown' : matchOfAllowed(allowed),
      because: [...new Set(because)],
    },
    droppedAt: judged.verdict === 'dropped' ? endsOf(outcome) : [],
    policies: outcome.policies,
    reasons: outcome.reasons,
  };
}

function endsOf({ atSource, atDestination }: Outcome): FlowEntry['droppedAt'] {
  return [...(atSource > 0 ? (['source'] as const) : []), ...(atDestination > 0 ? (['destination'] as const) : [])];
}

function endOf({ name, known }: AttributedEnd, addresses: readonly string[]): FlowEnd {
  const base = { name, kind: known.kind, addresses, hosts: 'hosts' in known ? (known.hosts ?? []) : [] };
  if (known.kind !== 'pods') return base;
  const { namespace, labels, workload, called } = known;
  const of = workload?.id.split('/').slice(1).join('/') ?? called;
  return { ...base, namespace, labels, ...(of !== undefined && { workload: of }) };
}

function keyOf(entry: FlowEntry): string {
  const { class: of, certainty, verdict, from, to, protocol = '', port = '', isServicePort = '', request = '' } = entry;
  return JSON.stringify([of, certainty, verdict, from.name, to.name, protocol, port, isServicePort, request]);
}

function merged(a: FlowEntry, b: FlowEntry): FlowEntry {
  const first = Math.min(a.first ?? Number.POSITIVE_INFINITY, b.first ?? Number.POSITIVE_INFINITY);
  const last = Math.max(a.last ?? Number.NEGATIVE_INFINITY, b.last ?? Number.NEGATIVE_INFINITY);
  const both = <T>(of: (entry: FlowEntry) => readonly T[], most = 3) =>
    [...new Set([...of(a), ...of(b)])].slice(0, most);
  return {
    ...a,
    why: both(({ why }) => why),
    from: { ...a.from, addresses: both(({ from }) => from.addresses) },
    to: { ...a.to, addresses: both(({ to }) => to.addresses) },
    count: a.count + b.count,
    records: a.records + b.records,
    ...(Number.isFinite(first) && { first }),
    ...(Number.isFinite(last) && { last }),
    droppedAt: both(({ droppedAt }) => droppedAt),
    reasons: both(({ reasons }) => reasons),
    declared: { ...a.declared, because: [...new Set([...a.declared.because, ...b.declared.because])] },
    policies: b.policies.reduce(withPolicy, a.policies),
  };
}

function compare(a: FlowEntry, b: FlowEntry): number {
  return (
    FLOW_CLASSES.indexOf(a.class) - FLOW_CLASSES.indexOf(b.class) ||
    Number(a.certainty === 'perhaps') - Number(b.certainty === 'perhaps') ||
    b.count - a.count ||
    (keyOf(a) < keyOf(b) ? -1 : 1)
  );
}
