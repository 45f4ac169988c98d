import { itReplays } from '../frame/replay';
import { adminNetworkPolicy } from './suite';

describe('verdicts of kube-network-policies on AdminNetworkPolicies, replayed', () => {
  itReplays(adminNetworkPolicy, 40_000);
});
