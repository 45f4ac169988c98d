import type { ClusterFacts } from '../model/cluster-facts';
import { isAtLeast } from '../model/version';

/**
 * The version in which ClusterNetworkPolicy is written: v1beta1 where the cluster is said to have release 0.3.0 of the
 * Network Policy API or later, which stores it so; v1alpha2 otherwise, which every release from 0.2.0 on serves, with the
 * same schema (sigs.k8s.io/network-policy-api, CHANGELOG.md).
 */
export function clusterNetworkPolicyVersion({ engine, version }: ClusterFacts): 'v1alpha2' | 'v1beta1' {
  const isOfApi = engine === 'cluster-network-policy' && version !== undefined;
  return isOfApi && isAtLeast(version, '0.3.0') ? 'v1beta1' : 'v1alpha2';
}

/** The version of Kubernetes where that is said: of a cluster by the Network Policy API, the version is that of the API. */
export function kubernetesVersionOf({ engine, version }: Partial<ClusterFacts>): string | undefined {
  return engine === 'cluster-network-policy' ? undefined : version;
}
