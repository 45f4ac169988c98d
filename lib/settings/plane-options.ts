import type { PlaneOptions } from '../analysis';
import type { ClusterFacts } from '../model/cluster-facts';
import type { ClusterRead } from './cluster-file';

/** Where the engine is not told, neither is how it matches blocks of addresses, but by the file or its platform. */
export function planeOptions(cluster: ClusterRead | undefined): PlaneOptions {
  if (cluster === undefined) return {};
  const { facts, engine, ipBlockMode } = cluster;
  return {
    ...(facts.platform !== undefined && { platform: facts.platform }),
    ...(ipBlockMode !== undefined && { ipBlockMode }),
    ...(engine && { engine: engine.name, ipBlockMode: facts.ipBlockMode }),
    ...(engine?.version !== undefined && { version: facts.version }),
  };
}

/** A cluster of which everything is known that a graph says. */
export function clusterKnown(facts: ClusterFacts): ClusterRead {
  const { engine: name, version, ipBlockMode } = facts;
  return { facts, engine: { name, ...(version !== undefined && { version }) }, ipBlockMode };
}
