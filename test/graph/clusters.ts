import { coreDns } from '../../lib/cluster/dns-flavours';
import type { ClusterFacts } from '../../lib/model/cluster-facts';
import type { EngineName } from '../../lib/model/engine-name';
import type { IpBlockMode } from '../../lib/model/layer';

const MODES: Readonly<Record<EngineName, IpBlockMode>> = {
  kubernetes: 'may',
  'cluster-network-policy': 'may',
  cilium: 'external-only',
  calico: 'pods',
  antrea: 'pods',
};

/** A cluster of which nothing is known but its engine. */
export function clusterOf(engine: EngineName, version?: string): ClusterFacts {
  return { engine, ...(version !== undefined && { version }), dns: coreDns(), ipBlockMode: MODES[engine] };
}
