import type { DnsFacts, DnsServer } from '../model/cluster-facts';
import * as ips from '../model/ip-set';
import type { Rule, RulePeer } from '../model/layer';
import { podSetImplies } from '../model/pod-set';
import * as ports from '../model/port-set';

/** Whether a rule lets every name server of the cluster be asked, as `dns: true` of a tier does. */
export function resolvesNames(rules: readonly Rule[], { servers }: DnsFacts): boolean {
  return servers.some((server) => rules.some((rule) => reaches(rule, server)));
}

/** Whether the rule is about name servers and nothing else, so that `dns: true` says all of it. */
export function isForNamesAlone(rule: Rule, { servers }: DnsFacts): boolean {
  return servers.some((server) => reaches(rule, server) && ports.covers(server.ports, rule.ports));
}

/** Over UDP: TCP is for what does not fit, and many rules forget it. */
function reaches({ direction, ports: set, peers }: Rule, server: DnsServer): boolean {
  const asked = server.ports.UDP.ranges.flat();
  return (
    direction === 'egress' &&
    asked.every((port) => ports.hasNumber(set, 'UDP', port)) &&
    peers.some((peer) => has(peer, server.endpoint))
  );
}

function has(peer: RulePeer, endpoint: DnsServer['endpoint']): boolean {
  if (peer.kind === 'anything') return true;
  if (endpoint.kind === 'addresses') {
    return peer.kind === 'addresses' && ips.isEmpty(ips.difference(endpoint.addresses, peer.addresses));
  }
  return peer.kind === 'pods' && podSetImplies(endpoint.pods, peer.pods);
}
