import { itReplays } from '../frame/replay';
import { clusterNetworkPolicy } from './suite';

describe('verdicts of kube-network-policies on ClusterNetworkPolicies, replayed', () => {
  itReplays(clusterNetworkPolicy, 50_000);
});
