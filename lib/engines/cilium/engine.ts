import { isAtLeast } from '../../model/version';
import type { Engine } from '../engine';
import { CLUSTER_NETWORK_POLICY, compose } from './compose';
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
    ...(isAtLeast(version, '1.20') ? [CLUSTER_NETWORK_POLICY] : []),
  ],
  limits,
  render,
  compose,
};
