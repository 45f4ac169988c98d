import type { Engine } from '../engine';
import { ANTREA_KINDS, compose, sharedKinds } from './compose';
import { limits } from './limits';
import { render } from './render';

/** NetworkPolicy and ClusterNetworkPolicy of crd.antrea.io. */
export const antrea: Engine = {
  name: 'antrea',
  title: 'Antrea',
  versions: { first: '2.2', last: '2.7' },
  kinds: (version) => [...ANTREA_KINDS, ...sharedKinds(version)],
  limits,
  render,
  compose,
};
