import type { ClusterFacts } from '../../lib/model/cluster-facts';
import type { EngineName } from '../../lib/model/engine-name';
import { podRanges } from './guarded-graphs';

/** A cluster that says which addresses its pods have. */
export function facts(engine: EngineName, more: Partial<ClusterFacts> = {}): ClusterFacts {
  return { engine, dns: { flavour: 'CoreDNS', servers: [] }, ipBlockMode: 'pods', podRanges, ...more };
}
