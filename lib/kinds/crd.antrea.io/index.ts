import type { PolicyReader } from '../policy-reading';
import { antreaClusterNetworkPolicyReader, antreaNetworkPolicyReader } from './policy';
import { tierReader } from './tiers';

export { antreaClusterNetworkPolicyReader, antreaNetworkPolicyReader } from './policy';
export { STATIC_TIERS, tierReader } from './tiers';

/** The kinds of Antrea that are read. */
export const ANTREA_READERS: readonly PolicyReader[] = [
  antreaNetworkPolicyReader,
  antreaClusterNetworkPolicyReader,
  tierReader,
];
