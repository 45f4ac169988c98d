import type { Suite } from '../frame/suite';
import { evaluators, misreadings } from './evaluators';
import { randomCiliumWorld } from './worlds';

/** Blocks never mean pods. What is undecided are names of ports in egress, and nothing else. */
export const ciliumPolicy: Suite = {
  about: 'policies of Cilium',
  judge: 'Cilium',
  folder: __dirname,
  world: (seed) => randomCiliumWorld(seed),
  keptWorlds: 600,
  evaluators,
  misreadings,
  mostUndecided: 0.015,
  wanted: 'JUDGES_CILIUM_VERDICTS',
};
