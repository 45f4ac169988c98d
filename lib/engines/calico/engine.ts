import type { Engine } from '../engine';
import { compose, sharedKinds } from './compose';
import { limits } from './limits';
import { render } from './render';

/** Calico, open source: policies of projectcalico.org/v3 in ordered tiers. */
export const calico: Engine = {
  name: 'calico',
  title: 'Calico',
  versions: { first: '3.29', last: '3.32' },
  kinds: (version) => [...KINDS.map((kind) => `projectcalico.org/${kind}`), ...sharedKinds(version)],
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
