import type { FlowRecord, PolicySeen } from '../flow-record';
import type { Sample } from './found';

const MOST_POLICIES = 5;
const MOST_REASONS = 3;
const MOST_ADDRESSES = 3;

/** Records of one verdict about one thing, counted. */
export interface Outcome {
  records: number;
  /** By the end that saw them. */
  readonly counts: { source: number; destination: number; unsaid: number };
  first?: number;
  last?: number;
  readonly sample: Sample;
  readonly policies: PolicySeen[];
  readonly reasons: string[];
  readonly addresses: { readonly from: string[]; readonly to: string[] };
}

export function outcomeOf(sample: Sample): Outcome {
  return {
    records: 0,
    counts: { source: 0, destination: 0, unsaid: 0 },
    sample,
    policies: [],
    reasons: [],
    addresses: { from: [], to: [] },
  };
}

export function countInto(outcome: Outcome, record: FlowRecord): void {
  outcome.records++;
  outcome.counts[record.seenAt ?? 'unsaid'] += record.count;
  const { from = record.until, until = record.from, reason, policies, source, destination } = record;
  if (from !== undefined && !(from >= (outcome.first ?? Number.POSITIVE_INFINITY))) outcome.first = from;
  if (until !== undefined && !(until <= (outcome.last ?? Number.NEGATIVE_INFINITY))) outcome.last = until;
  if (reason !== undefined) keep(outcome.reasons, reason, MOST_REASONS);
  if (source.address !== undefined) keep(outcome.addresses.from, source.address, MOST_ADDRESSES);
  if (destination.address !== undefined) keep(outcome.addresses.to, destination.address, MOST_ADDRESSES);
  if (policies !== undefined) for (const policy of policies) keepPolicy(outcome.policies, policy);
}

function keep(list: string[], text: string, most: number): void {
  if (list.length < most && !list.includes(text)) list.push(text);
}

function keepPolicy(list: PolicySeen[], { kind, namespace, name }: PolicySeen): void {
  if (list.length >= MOST_POLICIES) return;
  const isKnown = list.some((it) => it.kind === kind && it.namespace === namespace && it.name === name);
  if (!isKnown) list.push({ ...(kind !== undefined && { kind }), ...(namespace !== undefined && { namespace }), name });
}

/** What one connection is seen as at both of its ends counts once. */
export function countOf({ counts: { source, destination, unsaid } }: Outcome): number {
  return Math.max(source, destination) + unsaid;
}

/**
 * How many passed: what left its source may have been dropped at its destination, which the log of the source calls
 * passed.
 */
export function countPassed(passed: Outcome, dropped: Outcome | undefined): number {
  const { source, destination, unsaid } = passed.counts;
  return Math.max(destination, source - (dropped?.counts.destination ?? 0), 0) + unsaid;
}

/** Two ends drop two connections: what its source drops never arrives. */
export function countDropped({ counts: { source, destination, unsaid } }: Outcome): number {
  return source + destination + unsaid;
}
