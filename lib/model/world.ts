import type { Protocol } from './port-set';
import type { Labels } from './selector';

/** A namespace, declared or only mentioned. `labels` always hold `kubernetes.io/metadata.name`. */
export interface Namespace {
  readonly name: string;
  readonly labels: Labels;
  /** No manifest shows it, and objects are in it: it may have labels that nobody told. @default false */
  readonly isMentioned?: true;
}

/** A port that a container declares: what a named port in a rule resolves against. */
export interface ContainerPort {
  readonly name?: string;
  readonly protocol: Protocol;
  readonly number: number;
  /**
   * The kind of init container that declares it: `init` runs to its end before the others start, `sidecar` runs beside them
   * (KEP-753). Engines differ on whose names they resolve. @default a container of the pod itself
   */
  readonly of?: InitContainer;
}

export type InitContainer = 'init' | 'sidecar';

/** Pods that are alike for policy: one pod, or the template of one owner (one for each variant of its labels). */
export interface Workload {
  /** `namespace/Kind/name`, with `#n` behind it for the further label variants of one owner. */
  readonly id: string;
  readonly namespace: string;
  readonly labels: Labels;
  readonly ports: readonly ContainerPort[];
  /** Outside every pod selector, and outside policy. */
  readonly hostNetwork: boolean;
  /**
   * Label keys whose value, or absence, the manifests do not tell: controllers add them. `any`: every key that is not among
   * `labels` may be there. A selector that asks about one of them may hold. @default none
   */
  readonly unknownLabels?: 'any' | readonly string[];
  /** The pods may have further ports with names, of containers that no manifest shows. @default false */
  readonly mayHaveMorePorts?: boolean;
  /** The pods have further networks beside that of the cluster (the annotation of Multus), which no policy is about. @default false */
  readonly hasOtherNetworks?: boolean;
  /** Addresses, where the manifests give them (a Pod's status). */
  readonly addresses: readonly string[];
}

export interface Service {
  readonly namespace: string;
  readonly name: string;
  /** Empty where the Service has none. */
  readonly selector: Labels;
  readonly ports: readonly ServicePort[];
  /** Addresses that lead to its pods, as far as the manifest gives them. @default none */
  readonly addresses?: readonly string[];
}

export interface ServicePort {
  readonly protocol: Protocol;
  readonly port: number;
  readonly targetPort: number | string;
}

/** What manifests say exists. */
export interface World {
  readonly namespaces: readonly Namespace[];
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
}
