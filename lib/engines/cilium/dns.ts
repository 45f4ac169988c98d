import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import * as ips from '../../model/ip-set';
import { podSetText } from '../../model/pod-set';
import * as ports from '../../model/port-set';
import type { RequestMatch } from '../../model/request-match';
import type { Opening } from '../openings';

const DNS = ports.union(ports.number('UDP', 53), ports.number('TCP', 53));

const EVERY_QUERY: RequestMatch = { protocol: 'dns', pattern: '*' };

/**
 * Openings of egress as Cilium needs them beside host names: it learns the addresses of names from the answers that pass
 * its DNS proxy, so that every opening to DNS goes through the proxy, for any query.
 */
export function withDnsProxy(egress: readonly Opening[], facts: ClusterFacts): readonly Opening[] {
  if (!egress.some(({ peer }) => peer.kind === 'hosts')) return egress;
  return egress.map((opening) => (isDns(opening, facts) ? { ...opening, requests: [EVERY_QUERY] } : opening));
}

/** An opening to pods or addresses on port 53 alone, or to the DNS of the cluster on the ports that it listens on. */
export function isDns({ peer, ports: set, requests }: Opening, { dns }: ClusterFacts): boolean {
  if (requests !== undefined || (!('pods' in peer) && peer.kind !== 'addresses')) return false;
  if (ports.covers(DNS, set)) return true;
  return dns.servers.some((server) => ports.covers(server.ports, set) && isSame(server.endpoint, peer));
}

function isSame(a: Endpoint, b: Endpoint): boolean {
  if ('pods' in a) return 'pods' in b && podSetText(a.pods) === podSetText(b.pods);
  return a.kind === 'addresses' && b.kind === 'addresses' && ips.equal(a.addresses, b.addresses);
}
