import type { Protocol } from '../model/port-set';
import type { Labels } from '../model/selector';

/**
 * One flow as a log has it: what the record says, and nothing that it does not. The ends are those of the connection: a
 * record of a reply is turned round, so that `source` is who called.
 */
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
  /**
   * Whether it was a policy that dropped it, where the log says. A full table or a stale address is no policy; undefined
   * is not known.
   */
  readonly byPolicy?: boolean;
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

/**
 * One end of a flow. A field that is absent is not known; nothing follows from its absence: an end with a namespace alone
 * stands for whatever is in it. Values are shared between records, and never changed.
 */
export interface FlowPoint {
  /** The name of its cluster, where that is another one than the cluster of the node that saw the flow. */
  readonly cluster?: string;
  readonly namespace?: string;
  readonly pod?: string;
  /** The beginning of the names of the pods, where they were counted together: `vllm-7d9f` of `vllm-7d9f-*`. */
  readonly podPrefix?: string;
  readonly workload?: { readonly kind?: string; readonly name: string };
  /** Labels that the pods have; others may be there too. Ends that share the object share that of `namespaceLabels` too. */
  readonly labels?: Labels;
  /** Labels that the namespace has; others may be there too. */
  readonly namespaceLabels?: Labels;
  readonly address?: string;
  /**
   * What the log knows to be no pod of its own address. A node that runs the API server is `api-server`. `outside` is
   * outside the cluster, be it in a private network or the internet. `public-address` and `private-address` are no pod
   * that the log knows, by address alone: nodes, Services and the metadata service may be among them.
   */
  readonly entity?:
    | 'internet'
    | 'nodes'
    | 'api-server'
    | 'ingress'
    | 'cluster'
    | 'unmanaged'
    | 'outside'
    | 'public-address'
    | 'private-address';
  /** A named set of addresses that this one is in. */
  readonly networkSet?: { readonly namespace?: string; readonly name: string };
  /** True where the engine did not know the labels of the pod yet, so that policies took it for a stranger. */
  readonly isStarting?: boolean;
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
  | {
      readonly kind: 'passed-over';
      readonly what: string;
      readonly line: number;
      /** A sentence for whoever wrote it, where it looks like a slip. */
      readonly hint?: string;
    }
  /** From this line on it is another format. */
  | { readonly kind: 'format'; readonly format: string; readonly line: number }
  /** The time of the log went back by more than records are out of order by themselves: another log begins, or the clock was set. In milliseconds since 1970. */
  | { readonly kind: 'clock'; readonly from: number; readonly to: number; readonly line: number };

/** What was read of a line: several records where it stands for several, none where it is half of one (a verdict follows). */
export interface LineRead {
  readonly records: readonly FlowRecord[];
  readonly notes: readonly LogNote[];
}

/**
 * Reads the lines of one format one after the other; it may keep what it needs of earlier lines, in bounded memory. A line
 * of another format is `unreadable` to it; no line makes it throw.
 */
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
  /** True where lines are in no order of time, so that a time that goes back says nothing. */
  readonly isUnordered?: true;
  /** What a log of this format cannot tell, a sentence each: shown once with the results. */
  readonly limits: readonly string[];
}
