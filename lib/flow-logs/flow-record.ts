import type { Protocol } from '../model/port-set';
import type { Labels } from '../model/selector';

/** One flow as a log has it: what the record says, and nothing that it does not. */
export interface FlowRecord {
  readonly source: FlowPoint;
  readonly destination: FlowPoint;
  /** Undefined where the log does not say; `other` for what policies do not know, such as ICMP. */
  readonly protocol?: Protocol | 'other';
  /** Of the destination. */
  readonly port?: number;
  /** Whether the port is that of the pod, that of a Service before translation, or may be either. */
  readonly portIs: 'pod' | 'service' | 'either';
  readonly verdict: FlowVerdict;
  /** The end that saw it, where the log says: the policies of the source or those of the destination decided. */
  readonly seenAt?: 'source' | 'destination';
  /** True or false where the log marks replies; undefined where it does not say. */
  readonly isReply?: boolean;
  /** Why it was dropped, in the words of the log. */
  readonly reason?: string;
  /** The policies that decided, as the log names them. */
  readonly policies?: readonly PolicySeen[];
  readonly request?: { readonly method?: string; readonly path?: string; readonly host?: string };
  /** What it asked of DNS, with the answers where they are logged. */
  readonly dns?: { readonly name: string; readonly addresses: readonly string[] };
  /** Connections, requests or packets that the record stands for; 1 where it does not say. */
  readonly count: number;
  /** In milliseconds since 1970, of the first and the last of them; undefined where no time is said. */
  readonly from?: number;
  readonly until?: number;
}

/** `audited`: it passed, and would be dropped where the policy is enforced. `unknown`: seen, and the log does not say whether it passed. */
export type FlowVerdict = 'passed' | 'dropped' | 'audited' | 'unknown';

/** One end of a flow. A field that is absent is not known; nothing follows from its absence. */
export interface FlowPoint {
  readonly namespace?: string;
  readonly pod?: string;
  /** The beginning of the names of the pods, where they were counted together: `vllm-7d9f` of `vllm-7d9f-*`. */
  readonly podPrefix?: string;
  readonly workload?: { readonly kind?: string; readonly name: string };
  /** Labels that the pods have; others may be there too. */
  readonly labels?: Labels;
  readonly address?: string;
  /** What the log knows to be no pod. */
  readonly entity?: 'internet' | 'nodes' | 'api-server' | 'ingress' | 'cluster' | 'unmanaged';
  /** Host names that the address had by DNS, as the log says. */
  readonly hosts?: readonly string[];
  /** The Service that was called, before translation. */
  readonly service?: { readonly namespace?: string; readonly name: string };
}

export interface PolicySeen {
  readonly kind?: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What a log says beside its flows. */
export type LogNote =
  /** Records were lost, as many as are said. */
  | { readonly kind: 'lost'; readonly count?: number; readonly line: number; readonly from?: number }
  /** The line could not be read. */
  | { readonly kind: 'unreadable'; readonly what: string; readonly line: number }
  /** The line is of no flow, as a status is. */
  | { readonly kind: 'passed-over'; readonly what: string; readonly line: number };

/** What was read of a line: several records where it stands for several, none where it is half of one (a verdict follows). */
export interface LineRead {
  readonly records: readonly FlowRecord[];
  readonly notes: readonly LogNote[];
}

/** Reads the lines of one format one after the other; it may keep what it needs of earlier lines, in bounded memory. */
export interface LogReader {
  readonly line: (text: string, line: number) => LineRead;
  /** What was still waited for when the log ended. */
  readonly end: () => LineRead;
}

/** A format of flow logs. */
export interface LogFormat {
  /** In kebab-case: `hubble`. */
  readonly name: string;
  readonly title: string;
  /** How sure a line (of the beginning of the log) makes it that this is the format: 0 not, 1 may be, 2 certainly. */
  readonly recognises: (line: string) => 0 | 1 | 2;
  readonly reader: () => LogReader;
  /** What a log of this format cannot tell, a sentence each: shown once with the results. */
  readonly limits: readonly string[];
}
