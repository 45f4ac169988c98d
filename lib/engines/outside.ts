import { leadsToMetadata } from '../cluster/metadata-services';
import { privateRanges } from '../cluster/special-addresses';
import type { ClusterFacts } from '../model/cluster-facts';
import * as ips from '../model/ip-set';

/**
 * The addresses of a guardrail's peer without those that pods may have: on engines where blocks match pods too, they would
 * be denied with what lies outside. Where the cluster does not say which addresses its pods have, they may have any
 * private one.
 */
export function outsideOf(addresses: ips.IpSet, { podRanges }: ClusterFacts): ips.IpSet {
  return ips.difference(addresses, podRanges ?? ips.difference(privateRanges, leadsToMetadata));
}
