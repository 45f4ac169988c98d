export { readPort } from './ports';
export { NETWORK_POLICY_API_VERSION, type NetworkPolicyReading, type ReadingOptions, readNetworkPolicy } from './read';
export { memoizing, type Values } from './values';
