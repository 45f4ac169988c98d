export { clusterNetworkPolicyReader } from './read';
