import type { PolicyReader } from '../policy-reading';
import { clusterNetworkPolicyReader } from './read';

export { clusterNetworkPolicyReader } from './read';

/** The kinds of the Network Policy API that are read; those of v1alpha1 are not. */
export const CLUSTER_NETWORK_POLICY_READERS: readonly PolicyReader[] = [clusterNetworkPolicyReader];
