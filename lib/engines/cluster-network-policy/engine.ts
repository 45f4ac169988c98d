import type { Engine } from '../engine';
import { CLUSTER_NETWORK_POLICY, compose } from './compose';
import { limits } from './limits';
import { render } from './render';

/** NetworkPolicy with ClusterNetworkPolicy v1alpha2 beside it, for guardrails; versions are those of network-policy-api. */
export const clusterNetworkPolicy: Engine = {
  name: 'cluster-network-policy',
  title: 'ClusterNetworkPolicy',
  versions: { first: '0.2', last: '0.2' },
  kinds: () => [CLUSTER_NETWORK_POLICY],
  limits,
  render,
  compose,
};
