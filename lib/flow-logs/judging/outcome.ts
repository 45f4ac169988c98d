import type { FlowRecord, PolicySeen } from '../flow-record';
import type { Sample } from './found';
import { SharedLists } from './shared-lists';

const MOST_POLICIES = 5;
const MOST_REASONS = 3;
const MOST_ADDRESSES = 3;

/** Records of one verdict about one thing, counted. */
export interface Outcome {
  records: number;
  /** What the log counts, by the end that saw it. */
  atSource: number;
  atDestination: number;
  unsaid: number;
  /** Infinite where no record says its time: a field that is a number from the beginning is written in place. */
  first: number;
  last: number;
  readonly sample: Sample;
  policies: readonly PolicySeen[];
  reasons: readonly string[];
  /** Some of the addresses that its ends had. */
  from: readonly string[];
  to: readonly string[];
  /** No further address is kept. */
  hasAllAddresses: boolean;
}

const NO_POLICIES: readonly PolicySeen[] = [];
const NO_TEXTS: readonly string[] = [];

/** Lists are made anew for each of the few that come to them: one that grows has room for many, and there are many outcomes. */
export function outcomeOf(sample: Sample): Outcome {
  return {
    records: 0,
    atSource: 0,
    atDestination: 0,
    unsaid: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    sample,
    policies: NO_POLICIES,
    reasons: NO_TEXTS,
    from: NO_TEXTS,
    to: NO_TEXTS,
    hasAllAddresses: false,
  };
}

/** What outcomes of one judgement share. */
export class OutcomeLists {
  readonly policies = new SharedLists<PolicySeen>(policyKey);
  readonly reasons = new SharedLists<string>((reason) => reason);
}

export function countInto(outcome: Outcome, record: FlowRecord, lists: OutcomeLists): void {
  outcome.records++;
  if (record.seenAt === 'source') outcome.atSource += record.count;
  else if (record.seenAt === 'destination') outcome.atDestination += record.count;
  else outcome.unsaid += record.count;
  const { from = record.until, until = record.from, reason, policies, source, destination } = record;
  if (from !== undefined && from < outcome.first) outcome.first = from;
  if (until !== undefined && until > outcome.last) outcome.last = until;
  if (reason !== undefined) keepReason(outcome, reason, lists);
  if (!outcome.hasAllAddresses) keepAddresses(outcome, source.address, destination.address);
  if (policies !== undefined) for (const policy of policies) keepPolicy(outcome, policy, lists);
}

function keepReason(outcome: Outcome, reason: string, { reasons }: OutcomeLists): void {
  if (hasRoom(outcome.reasons, reason, MOST_REASONS)) outcome.reasons = reasons.with(outcome.reasons, reason);
}

function keepPolicy(outcome: Outcome, policy: PolicySeen, lists: OutcomeLists): void {
  if (hasRoomFor(outcome.policies, policy)) outcome.policies = lists.policies.with(outcome.policies, plain(policy));
}

/** Asked of few records, since most flows soon have all addresses that are kept of them. */
function keepAddresses(outcome: Outcome, source: string | undefined, destination: string | undefined): void {
  if (source !== undefined) outcome.from = kept(outcome.from, source, MOST_ADDRESSES);
  if (destination !== undefined) outcome.to = kept(outcome.to, destination, MOST_ADDRESSES);
  outcome.hasAllAddresses = outcome.from.length === MOST_ADDRESSES && outcome.to.length === MOST_ADDRESSES;
}

function kept(list: readonly string[], text: string, most: number): readonly string[] {
  return hasRoom(list, text, most) ? [...list, text] : list;
}

function hasRoom(list: readonly string[], text: string, most: number): boolean {
  return list.length < most && !list.includes(text);
}

/** The policies with one more, which is there once, as long as there are few of them. */
export function withPolicy(policies: readonly PolicySeen[], policy: PolicySeen): readonly PolicySeen[] {
  return hasRoomFor(policies, policy) ? [...policies, plain(policy)] : policies;
}

function hasRoomFor(policies: readonly PolicySeen[], { kind, namespace, name }: PolicySeen): boolean {
  if (policies.length >= MOST_POLICIES) return false;
  for (const it of policies) if (it.name === name && it.namespace === namespace && it.kind === kind) return false;
  return true;
}

function plain({ kind, namespace, name }: PolicySeen): PolicySeen {
  return { ...(kind !== undefined && { kind }), ...(namespace !== undefined && { namespace }), name };
}

function policyKey({ kind, namespace, name }: PolicySeen): string {
  return JSON.stringify([kind, namespace, name]);
}

/** What one connection is seen as at both of its ends counts once. */
export function countOf({ atSource, atDestination, unsaid }: Outcome): number {
  return Math.max(atSource, atDestination) + unsaid;
}

/**
 * How many passed: what left its source may have been dropped at its destination, which the log of the source calls
 * passed.
 */
export function countPassed({ atSource, atDestination, unsaid }: Outcome, dropped: Outcome | undefined): number {
  return Math.max(atDestination, atSource - (dropped?.atDestination ?? 0), 0) + unsaid;
}

/** Two ends drop two connections: what its source drops never arrives. */
export function countDropped(outcome: Outcome): number {
  return countAll(outcome);
}

/** As the log counts, whichever end saw it. */
export function countAll({ atSource, atDestination, unsaid }: Outcome): number {
  return atSource + atDestination + unsaid;
}
