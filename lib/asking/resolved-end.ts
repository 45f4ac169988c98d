import type { Endpoint } from '../model/endpoint';
import type { Namespace, Workload } from '../model/world';

/** What an end stands for: workloads, addresses, an entity or hosts. */
export interface ResolvedEnd {
  readonly name: string;
  readonly endpoint: Endpoint;
  /** Workloads of the manifests; ones that could exist where they have none. Empty for what is no pod. */
  readonly workloads: readonly Workload[];
  /** It is one address, which may be that of a node or of the API server. */
  readonly isOneAddress?: true;
  /** Of pods that could exist, those that the manifests do not have. */
  readonly namespaces: readonly Namespace[];
  /** The namespace and labels are those of nothing in the manifests, neither a workload nor a policy. */
  readonly isUnknown: boolean;
  /** What in the manifests comes nearest to an unknown end, where something does. */
  readonly hint?: string;
}
