import type { IpSet } from '../../model/ip-set';
import type { Labels } from '../../model/labels';
import type { Entity } from '../../model/layer';
import type { ServicePort, Workload } from '../../model/world';

/** What is known of an end of a flow, from its record and from what manifests and facts of the cluster say of it. */
export type KnownEnd = KnownPods | KnownAddresses | KnownEntity | UnknownEnd;

/** A pod, or one of several. */
export interface KnownPods {
  readonly kind: 'pods';
  readonly namespace: string;
  /** Labels that it has. */
  readonly labels: Labels;
  /** Keys of which it is not known what it has. `any`: every key that is not among `labels`. */
  readonly unknownLabels?: Workload['unknownLabels'];
  /** Of its namespace, beside the name, as far as the record says. */
  readonly namespaceLabels?: Labels;
  /** What the log calls it: `vllm`, `vllm-7d9f-*`. */
  readonly called?: string;
  /** The workload of the manifests that it is one of. */
  readonly workload?: Workload;
  /** Where it was called by a Service: its ports. */
  readonly servicePorts?: readonly ServicePort[];
  /** Why its labels are not known, where the record names no pod or no manifest shows the workload. */
  readonly why?: WhyUnknown;
}

/** Something outside the cluster. */
export interface KnownAddresses {
  readonly kind: 'addresses';
  /** One address; where none is logged, every address that it may be. */
  readonly addresses: IpSet;
  readonly address?: string;
  /** Names that the address had, as the record says. */
  readonly hosts: readonly string[];
  /** Names that it had in answers to others, so that there may be more. */
  readonly heard: readonly string[];
  readonly why?: WhyUnknown;
}

/** What engines know by itself. */
export interface KnownEntity {
  readonly kind: 'entity';
  readonly entity: Entity;
  readonly address?: string;
  readonly addresses?: IpSet;
}

/** It may be a pod, and may be outside. */
export interface UnknownEnd {
  readonly kind: 'unknown';
  readonly why: WhyUnknown;
  readonly address?: string;
  /** False where it is no pod that a policy knows by its labels. */
  readonly mayBePod: boolean;
  /** What passed between a pod and its own node passed whatever is declared. */
  readonly mayBeNode: boolean;
  readonly addresses?: IpSet;
  /** As of an address outside. */
  readonly hosts?: readonly string[];
  readonly heard?: readonly string[];
}

/** Why an end cannot be tied to anything that is declared. */
export type WhyUnknown = keyof typeof WHY_UNKNOWN;

/** What it is, and what would help, each a sentence without its full stop. */
export const WHY_UNKNOWN = {
  'no-end': { what: 'the record says nothing of an end', help: undefined },
  'namespace-only': {
    what: 'only the namespace is logged, as in aggregates',
    help: 'Log the labels or the names of pods as well',
  },
  'pod-without-labels': {
    what: 'a pod is named whose labels are not logged, and no manifest that was given shows its workload',
    help: 'Give the manifests of the workloads: -f',
  },
  'pod-address': {
    what: 'the address is in the range of the pods, and no manifest that was given says whose it is',
    help: 'Give the pods of the time of the log with their status: kubectl get pods -A -o yaml > pods.yaml, and -f pods.yaml',
  },
  'service-address': {
    what: 'the address is that of a Service, before it was translated, and no manifest that was given says whose it is',
    help: 'Give the Services of the cluster with their addresses (-f), or log after the translation',
  },
  'service-port': {
    what: 'the port is that of a Service, and no manifest that was given says to which one port of its pods it leads',
    help: 'Give the Services with the workloads behind them (-f), or log after the translation',
  },
  'not-asked': {
    what: 'the manifests cannot be asked: an end or its port is not known',
    help: 'Log the labels or the names of pods, and the ports',
  },
  'nothing-declared': {
    what: 'no graph was given, and the manifests have no policy',
    help: 'Give what is declared (--graph), or manifests with policies (-f)',
  },
  'outside-in-pods': {
    what: 'the log takes the end for one outside the cluster, and its address is in the range of the pods',
    help: 'An engine learns late whose an address is; where it stays so, check the ranges of the cluster',
  },
  'nobodys-address': {
    what: 'an address that nobody named, which may be a pod, a node or a Service',
    help: 'Tell the ranges of the cluster (--cluster), or give the pods of the time of the log (-f)',
  },
  'no-address': {
    what: 'the end is outside the cluster, and its address is not logged',
    help: undefined,
  },
  'other-cluster': { what: 'the end is in another cluster', help: undefined },
  unmanaged: { what: 'a pod that the engine does not manage', help: undefined },
  cluster: { what: 'the log says no more than that the end is in the cluster', help: undefined },
  unreadable: { what: 'the address of the end is none', help: undefined },
} as const satisfies Readonly<Record<string, { readonly what: string; readonly help: string | undefined }>>;
