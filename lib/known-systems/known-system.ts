import type { Protocol } from '../model/port-set';
import type { Labels } from '../model/selector';

/** One system that people run, as far as policy is concerned with it. Facts alone: what they mean for policy is said elsewhere. */
export interface KnownSystem {
  /** In kebab-case: `vllm`. */
  readonly id: string;
  /** As its makers write it: `vLLM`. */
  readonly title: string;
  readonly role: SystemRole;
  /** How a workload is known to be this system. */
  readonly known: KnownBy;
  /** Its kinds of pods: one for most systems. */
  readonly parts: readonly SystemPart[];
  /** What it cannot live without, beside its users. */
  readonly flows?: readonly SystemFlow[];
  /** Requests that are for users, of what is served on its serving ports; absent where the whole port is for them. */
  readonly requests?: readonly SystemRequest[];
  /** Requests for administrators that are answered on a port for users. */
  readonly administration?: readonly AdministrationRequest[];
  /** Names outside the cluster that it calls for its work. */
  readonly calls?: readonly SystemCall[];
  /** Names that it sends telemetry to: left closed. */
  readonly telemetry?: readonly SystemTelemetry[];
  /** Policies that its chart or controller ships or writes. */
  readonly policies?: readonly ShippedPolicy[];
  /** What surprises, a sentence each. */
  readonly traps?: readonly string[];
  /** What the sources do not say, a phrase each, so that nobody takes silence for an answer. */
  readonly unknown?: readonly string[];
  /** The repositories with their commits, or the packages with their versions, that the facts were read in. */
  readonly source: string;
  /** The versions that the facts were read of. */
  readonly versions: string;
  /** The day of the last look, `2026-11-27`. */
  readonly lookedAt: string;
}

/** `data` keeps what is worth taking: stores, databases, weights. */
export type SystemRole = 'gateway' | 'inference' | 'agents' | 'data' | 'observability' | 'cluster';

/** By any of these. */
export interface KnownBy {
  /**
   * Repositories of images, without registry and tag: `vllm/vllm-openai`; with registries and folders before them as well.
   * Those of a single part stand there.
   */
  readonly images: readonly string[];
  /** Its images run beside other programs too (`otel/opentelemetry-collector`), so that they say the system only in a pod that has nothing else. */
  readonly runsBesideOthers?: true;
  /** Kinds of its operator, group and kind: `ray.io/RayCluster`. */
  readonly kinds?: readonly string[];
  /** Labels that its operator gives to pods, keys alone: `cnpg.io/cluster`. */
  readonly labelKeys?: readonly string[];
}

export interface SystemPart {
  /** `head`; the id of the system where there is one part. */
  readonly name: string;
  /** What the official chart or operator labels its pods with; a list where that changed, newest first. */
  readonly labels: readonly PartLabels[];
  readonly ports: readonly SystemPort[];
  /** @default that of the system */
  readonly role?: SystemRole;
  /** Images of this part alone. */
  readonly images?: readonly string[];
  /** Who makes these pods while the cluster runs, so that no manifest has them: `the operator, from a RayCluster`. */
  readonly madeBy?: string;
}

export interface PartLabels {
  readonly labels: Labels;
  /** Keys that have a value of the user's: the name of a cluster or release. */
  readonly keys?: readonly string[];
  /** The chart or operator with its versions. @default every one that was looked at */
  readonly of?: string;
  /** Pods of somebody else may have them too (`app: web`), so that they say nothing alone. */
  readonly isGeneric?: true;
}

/** Who a port is for. `administration` is never opened by default. */
export type PortPurpose = 'serving' | 'administration' | 'metrics' | 'peers' | 'health' | 'webhook';

export interface SystemPort {
  readonly number: number;
  /** The last one of a range. */
  readonly last?: number;
  /** @default TCP */
  readonly protocol?: Protocol;
  readonly purpose: PortPurpose;
  /** What it is, as a phrase: `the dashboard, which takes jobs`. */
  readonly what: string;
  /** It is there only when it is switched on. */
  readonly isOptional?: true;
  /** Of a port for users, the path at which it answers metrics: `/metrics`. */
  readonly metricsAt?: string;
}

/**
 * One end of a flow: a part of the system, pods of somebody else, or what is no pod. Another system of the catalog is named
 * by its id. `nodes` are the nodes' own addresses, which kubelets and whatever shares the host network have.
 */
export type FlowEnd =
  | { readonly kind: 'part'; readonly name: string }
  | {
      readonly kind: 'system';
      readonly title: string;
      readonly id?: string;
      readonly labels?: Labels;
      readonly namespace?: string;
    }
  | { readonly kind: 'api-server' }
  | { readonly kind: 'nodes' };

export interface SystemFlow {
  readonly from: FlowEnd;
  readonly to: FlowEnd;
  /** TCP. Absent for every port. */
  readonly ports?: readonly number[];
  readonly because: string;
  /** When it is needed. @default always */
  readonly when?: string;
}

export interface SystemRequest {
  /** @default every one */
  readonly method?: string;
  /** From the start; with `/*` behind it everything below. */
  readonly path: string;
}

export interface AdministrationRequest extends SystemRequest {
  /** What it does, as a phrase: `stops the server from answering`. */
  readonly what: string;
  /** Releases before this one answer it without being asked to. Absent where every one does. */
  readonly before?: string;
  /** An environment variable or argument with which it is answered in every release, with its value: `VLLM_SERVER_DEV_MODE=1`. */
  readonly switchedOnBy?: string;
  /** Arguments with which it asks for a key: `--api-key`. */
  readonly guardedBy?: readonly string[];
}

export interface SystemCall {
  readonly host: string;
  /** @default 443 */
  readonly port?: number;
  readonly because: string;
  /** When it is needed. @default always */
  readonly when?: string;
}

export interface SystemTelemetry {
  readonly host: string;
  /** @default 443 */
  readonly port?: number;
  /** What is sent, where it is not figures about its use: `looks for a newer release`. */
  readonly what?: string;
  /** What switches it off, where anything does. */
  readonly off?: string;
}

export interface ShippedPolicy {
  /** `the chart`, `the operator`. */
  readonly by: string;
  /** What it lets through, as a phrase. */
  readonly effect: string;
  /** The value that turns it off or narrows it. */
  readonly off: string;
}
