/** `externalTrafficPolicy` of a Service: what a node does with connections from outside (Kubernetes, "Using Source IP"). */
export enum ExternalTrafficPolicy {
  /** It hands them to pods of any node, with its own address in the place of the client's. What Services have unless they say. */
  CLUSTER = 'Cluster',
  /** It hands them to its own pods alone, as they came. */
  LOCAL = 'Local',
}
