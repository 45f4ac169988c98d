import type { ClusterFacts } from '../model/cluster-facts';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import { internet, internetIpv4, internetIpv6 } from './special-addresses';

/** The internet, without the cluster's own ranges. */
export function internetAddresses(families: 'any' | 'ipv4' | 'ipv6', facts: ClusterFacts): IpSet {
  const asked = { any: internet, ipv4: internetIpv4, ipv6: internetIpv6 }[families];
  return ips.difference(asked, clusterRanges(facts));
}

function clusterRanges({ podRanges, serviceRanges, nodeRanges }: ClusterFacts): IpSet {
  return ips.union(podRanges ?? ips.none, serviceRanges ?? ips.none, nodeRanges ?? ips.none);
}
