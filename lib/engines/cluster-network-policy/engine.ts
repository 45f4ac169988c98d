import type { Engine } from '../engine';
import { CLUSTER_NETWORK_POLICY, compose } from './compose';
import { limits } from './limits';
import { render } from './render';

/** NetworkPolicy with ClusterNetworkPolicy v1alpha2 beside it, for guardrails. */
export const clusterNetworkPolicy: Engine = {
  name: 'cluster-network-policy',
  title: 'ClusterNetworkPolicy',
  kinds: () => [CLUSTER_NETWORK_POLICY],
  limits,
  render,
  compose,
};
