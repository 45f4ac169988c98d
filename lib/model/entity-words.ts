import type { Entity } from './layer';

/** What sentences call the ends that an engine knows by themselves. */
export const ENTITY_WORDS: Readonly<Record<Entity, string>> = {
  nodes: 'the nodes',
  'api-server': 'the API server',
  ingress: 'the gateway of Cilium',
};
