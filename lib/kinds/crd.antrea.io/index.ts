export { antreaClusterNetworkPolicyReader, antreaNetworkPolicyReader } from './policy';
export { STATIC_TIERS, tierReader } from './tiers';
