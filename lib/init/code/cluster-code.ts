import type { ClusterFacts } from '../../model/cluster-facts';
import * as ips from '../../model/ip-set';
import { clusterCall } from '../../values/cluster-call';
import { list, object, quoted } from './words';

/** The cluster as code: `Cluster.cilium({ version: '1.20', podCidrs: ['10.244.0.0/16'] })`. */
export function clusterCode(facts: ClusterFacts): string {
  const ranges = (['podRanges', 'serviceRanges', 'nodeRanges'] as const).flatMap((name) => {
    const of = facts[name];
    return of === undefined ? [] : [[PROPERTIES[name], blocksCode(of)] as const];
  });
  const fields = [
    ...ranges,
    ...(facts.apiServer
      ? [['apiServer', object([['addresses', blocksCode(facts.apiServer.addresses)]])] as const]
      : []),
  ];
  return clusterCall(facts, ...fields.map(([name, value]) => `${name}: ${value}`));
}

const PROPERTIES = { podRanges: 'podCidrs', serviceRanges: 'serviceCidrs', nodeRanges: 'nodeCidrs' } as const;

function blocksCode(set: ips.IpSet): string {
  return list(ips.plainBlocks(set).map(quoted));
}
