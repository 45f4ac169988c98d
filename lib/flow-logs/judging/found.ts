import type { Explanation } from '../../analysis';
import type { Protocol } from '../../model/port-set';
import type { WhyUnknown } from '../attribution/known-end';
import type { FlowVerdict, LogNote, PolicySeen } from '../flow-record';

/**
 * What a flow is to what is declared. `undeclared`: it passed and nothing declares it; `dropped-though-declared`: a policy
 * dropped what is declared; `dropped-and-undeclared`: somebody tried what nothing declares; `would-be-dropped`: it passed,
 * and would not where the policies are enforced that it was audited by, or that were given.
 */
export type FlowClass = (typeof FLOW_CLASSES)[number];

export const FLOW_CLASSES = [
  'undeclared',
  'dropped-though-declared',
  'would-be-dropped',
  'dropped-and-undeclared',
] as const;

/** A line of a log, for whoever wants to look. */
export interface Sample {
  /** The file; `standard input`. */
  readonly log: string;
  readonly line: number;
  /** The line itself, where it was asked for. */
  readonly text?: string;
}

/** Flows that are alike in the terms of the graph. */
export interface FlowEntry {
  readonly class: FlowClass;
  /** `perhaps` where it hangs on what the log does not say; `why` has the sentences. */
  readonly certainty: 'surely' | 'perhaps';
  readonly why: readonly string[];
  /** What became of it, as the log says. */
  readonly verdict: FlowVerdict;
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  readonly protocol?: Protocol;
  readonly port?: number;
  /** The port is that of a Service, before translation. */
  readonly isServicePort?: true;
  readonly request?: string;
  /** As the log counts: connections, requests or packets. Seen at both ends it counts once. */
  readonly count: number;
  /** Records. */
  readonly records: number;
  /** In milliseconds since 1970. */
  readonly first?: number;
  readonly last?: number;
  readonly sample: Sample;
  /** Whether it is declared, and the reasons that are given for it. */
  readonly declared: { readonly match: 'surely' | 'perhaps' | 'no' | 'unknown'; readonly because: readonly string[] };
  /** Only of what was dropped: where, as far as the log says. */
  readonly droppedAt: readonly ('source' | 'destination')[];
  /** Policies that decided and reasons, as the log has them. */
  readonly policies: readonly PolicySeen[];
  readonly reasons: readonly string[];
  /** What the manifests that were given say of it. */
  readonly explanation?: Explanation;
}

/** An end of an entry, for those who write down more than its name. */
export interface FlowEnd {
  readonly name: string;
  readonly kind: 'pods' | 'addresses' | 'entity' | 'unknown';
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly workload?: string;
  /** A few of the addresses that it had. */
  readonly addresses: readonly string[];
  readonly hosts: readonly string[];
}

/** A declared flow that the log does not show. */
export interface NeverSeen {
  /** `perhaps` where there are records that may be of it, and could not be tied to it. */
  readonly certainty: 'surely' | 'perhaps';
  readonly from: string;
  readonly to: string;
  readonly traffic: string;
  readonly because: readonly string[];
}

/** Records of which one thing is true. */
export interface Counted {
  readonly records: number;
  readonly count: number;
  readonly sample: Sample;
}

export interface NotAttributable extends Counted {
  readonly why: WhyUnknown;
}

/** What was read and is no matter of the graph. */
export interface SetAside extends Counted {
  readonly what: keyof typeof SET_ASIDE;
}

/** What they are, behind their number. */
export const SET_ASIDE = {
  replies: 'replies, which need no flow of their own',
  self: 'of a pod with itself, of which no policy knows',
  'own-node':
    'passed between a pod and a node, or from the API server: its own node always reaches a pod, and is not told from others',
  'other-protocols': 'neither TCP, UDP nor SCTP, which policies do not tell apart',
  'no-policy': 'dropped by something else than a policy',
  starting: 'dropped while the engine did not know the labels of a pod yet',
  'dropped-after': 'left their source, and were dropped at their destination, where they are counted',
  'no-verdict': 'of which the log does not say whether they passed',
  others: 'between ends that the graph says nothing of',
  'out-of-window': 'outside the time that was asked for',
} as const;

/** Everything that a log says against what is declared. */
export interface FlowsFound {
  /** Class by class in the order of FLOW_CLASSES, what is sure first, then those of most flows. */
  readonly entries: readonly FlowEntry[];
  /** Undefined without a graph. */
  readonly neverSeen?: readonly NeverSeen[];
  readonly notAttributable: readonly NotAttributable[];
  readonly setAside: readonly SetAside[];
  /** What was declared and passed: flows of the graph, and what the log counts for them. */
  readonly asDeclared: { readonly flows: number; readonly declared: number; readonly records: number };
  readonly leftOff: LeftOff;
  readonly first?: number;
  readonly last?: number;
  readonly records: number;
  readonly notes: NotesFound;
  /** By what was judged. */
  readonly against: { readonly graph: boolean; readonly manifests: boolean };
}

/** Whether nothing of what was read could be tied to what is declared; what is outside the time that was asked for says nothing of that. */
export function saysNothing({ entries, asDeclared, leftOff, notAttributable, setAside }: FlowsFound): boolean {
  if (entries.length > 0 || asDeclared.records > 0 || asDeclared.flows > 0 || leftOff.records > 0) return false;
  return notAttributable.length > 0 || setAside.some(({ what }) => what !== 'out-of-window');
}

/** What was more than can be told apart in bounded memory: counted, and in no entry. */
export interface LeftOff {
  readonly records: number;
  readonly undeclared: number;
  readonly dropped: number;
}

/** What the log says beside its flows. */
export interface NotesFound {
  readonly lost: { readonly events: number; readonly count: number };
  readonly unreadable: {
    readonly lines: number;
    readonly samples: readonly { what: string; log: string; line: number }[];
  };
  readonly passedOver: number;
  readonly clocks: readonly (Extract<LogNote, { kind: 'clock' }> & { readonly log: string })[];
}
