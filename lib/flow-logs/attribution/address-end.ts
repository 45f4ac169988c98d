import { internetIpv4 } from '../../cluster/special-addresses';
import type { ClusterFacts } from '../../model/cluster-facts';
import * as ips from '../../model/ip-set';
import type { KnownEnd } from './known-end';

/** The parts of the facts of a cluster that say whose an address is. */
export type RangesKnown = Pick<ClusterFacts, 'podRanges' | 'serviceRanges' | 'nodeRanges' | 'apiServer'>;

/** Ranges that are never those of pods, whoever numbers them: link-local ones, where metadata services and DNS are. */
const NEVER_PODS = ips.union(internetIpv4, ips.fromBlocks(['169.254.0.0/16', 'fe80::/10', '168.63.129.16/32']));

/** What an address is by the ranges of the cluster alone; private ones of which nobody said anything may be anyone's. */
export function endOfAddress(
  address: string,
  { podRanges, serviceRanges, nodeRanges, apiServer }: RangesKnown,
  names: { readonly hosts: readonly string[]; readonly heard: readonly string[] },
): KnownEnd {
  const addresses = addressSet(address);
  if (addresses === undefined) return { kind: 'unknown', why: 'unreadable', address, mayBePod: true, mayBeNode: true };
  const mayBeNode = nodeRanges === undefined || ips.intersects(nodeRanges, addresses);
  const unknown = { kind: 'unknown', address, addresses, mayBePod: true, mayBeNode, ...names } as const;
  const isIn = (range: ips.IpSet | undefined) => range !== undefined && ips.intersects(range, addresses);
  if (isIn(apiServer?.addresses)) return { kind: 'entity', entity: 'api-server', address, addresses };
  if (isIn(serviceRanges)) return { ...unknown, why: 'service-address', mayBeNode: false };
  if (isIn(podRanges)) return { ...unknown, why: 'pod-address' };
  if (isIn(nodeRanges)) return { kind: 'entity', entity: 'nodes', address, addresses };
  const isNoPod = isOfKnownFamily(podRanges, addresses);
  const isOutside = ips.intersects(NEVER_PODS, addresses) || (isNoPod && !mayBeNode);
  if (isOutside) return { kind: 'addresses', addresses, address, ...names };
  return { ...unknown, why: 'nobodys-address', mayBePod: !isNoPod };
}

/** Where the ranges of pods are known in a family, what is in none of them is no pod. */
function isOfKnownFamily(podRanges: ips.IpSet | undefined, { v4 }: ips.IpSet): boolean {
  const family = v4.length > 0 ? 'v4' : 'v6';
  return podRanges !== undefined && podRanges[family].length > 0;
}

/** Undefined for what is no address. */
export function addressSet(address: string): ips.IpSet | undefined {
  try {
    return ips.fromAddress(address);
  } catch {
    return undefined;
  }
}
