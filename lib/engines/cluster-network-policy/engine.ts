import type { Engine } from '../engine';
import { compose, KINDS } from './compose';
import { limits } from './limits';
import { render } from './render';

/**
 * NetworkPolicy with the kinds of the Network Policy API beside it: ClusterNetworkPolicy, in which guardrails are rendered,
 * and those of its first generation, which are read.
 */
export const clusterNetworkPolicy: Engine = {
  name: 'cluster-network-policy',
  title: 'ClusterNetworkPolicy',
  kinds: () => KINDS,
  limits,
  render,
  compose,
};
