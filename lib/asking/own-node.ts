import * as ips from '../model/ip-set';
import type { KnownWorld } from './known-world';
import type { ResolvedEnd } from './resolved-end';

/**
 * What a denial of nodes leaves out: a sentence, or none. The node that a pod runs on always reaches it, whatever policies
 * say (Kubernetes documentation, "Network Policies", the two sorts of pod isolation), since the kubelet probes it from there.
 */
export function ownNode({ from }: { readonly from: ResolvedEnd }, { facts }: KnownWorld): readonly string[] {
  const { endpoint } = from;
  const isNode =
    endpoint.kind === 'entity'
      ? endpoint.entity === 'nodes'
      : endpoint.kind === 'addresses' && ips.intersects(endpoint.addresses, facts.nodeRanges ?? ips.none);
  return isNode
    ? ['This is about other nodes: the one that a pod runs on always reaches it, whatever policies say.']
    : [];
}
