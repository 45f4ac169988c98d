import { CLUSTER_NETWORK_POLICY } from '../../kinds/policy.networking.k8s.io/kind-names';
import { isAtLeast } from '../../model/version';
import type { Engine } from '../engine';
import { compose } from './compose';
import { limits } from './limits';
import { render } from './render';

/** Cilium: policies of cilium.io/v2. */
export const cilium: Engine = {
  name: 'cilium',
  title: 'Cilium',
  versions: { first: '1.17', last: '1.20' },
  kinds: (version) => [
    'cilium.io/CiliumNetworkPolicy',
    'cilium.io/CiliumClusterwideNetworkPolicy',
    // Where the agent is told so (enable-k8s-cluster-network-policy), which it is not by itself.
    ...(isAtLeast(version, '1.20') ? [CLUSTER_NETWORK_POLICY] : []),
  ],
  limits,
  render,
  compose,
};
