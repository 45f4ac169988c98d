import type { Suite } from '../frame/suite';
import { evaluators, misreadings } from './evaluators';
import { randomClusterWorld } from './worlds';

/** Blocks mean pods. */
export const clusterNetworkPolicy: Suite = {
  about: 'ClusterNetworkPolicies',
  judge: 'kube-network-policies',
  folder: __dirname,
  world: (seed) => randomClusterWorld(seed),
  keptWorlds: 400,
  evaluators,
  misreadings,
  wanted: 'JUDGES_CLUSTER_VERDICTS',
};
