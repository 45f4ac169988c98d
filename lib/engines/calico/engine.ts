import { isAtLeast } from '../../model/version';
import type { Engine } from '../engine';
import { CLUSTER_NETWORK_POLICY, compose } from './compose';
import { limits } from './limits';
import { render } from './render';

/** Calico, open source: policies of projectcalico.org/v3 in ordered tiers. */
export const calico: Engine = {
  name: 'calico',
  title: 'Calico',
  versions: { first: '3.29', last: '3.32' },
  kinds: (version) => [
    ...KINDS.map((kind) => `projectcalico.org/${kind}`),
    ...(isAtLeast(version, '3.32') ? [CLUSTER_NETWORK_POLICY] : []),
  ],
  limits,
  render,
  compose,
  requestsAt: 'ingress',
};

const KINDS = [
  'NetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
  'Tier',
  'NetworkSet',
  'GlobalNetworkSet',
  'HostEndpoint',
];
