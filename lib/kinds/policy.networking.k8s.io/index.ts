import type { PolicyReader } from '../policy-reading';
import { adminNetworkPolicyReader, baselineAdminNetworkPolicyReader } from './admin-network-policy';
import { clusterNetworkPolicyReader } from './cluster-network-policy';

export { adminNetworkPolicyReader, baselineAdminNetworkPolicyReader } from './admin-network-policy';
export { clusterNetworkPolicyReader } from './cluster-network-policy';

/** The kinds of the Network Policy API: all of them are read. */
export const NETWORK_POLICY_API_READERS: readonly PolicyReader[] = [
  clusterNetworkPolicyReader,
  adminNetworkPolicyReader,
  baselineAdminNetworkPolicyReader,
];
