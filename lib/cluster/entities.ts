import type { ClusterFacts } from '../model/cluster-facts';

const ENGINES: readonly ClusterFacts['engine'][] = ['cilium'];

/** Whether the engine knows the API server and the nodes by themselves, whatever their addresses. */
export function knowsEntities({ engine }: Pick<ClusterFacts, 'engine'>): boolean {
  return ENGINES.includes(engine);
}
