import type { Suite } from '../frame/suite';
import { evaluators, misreadings } from './evaluators';
import { randomAdminWorld } from './worlds';

/** Blocks mean pods. */
export const adminNetworkPolicy: Suite = {
  about: 'AdminNetworkPolicies',
  judge: 'kube-network-policies',
  folder: __dirname,
  world: (seed) => randomAdminWorld(seed),
  keptWorlds: 250,
  evaluators,
  misreadings,
  wanted: 'JUDGES_ADMIN_VERDICTS',
};
