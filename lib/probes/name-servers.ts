import { type GraphData, type GraphTier, tierKey } from '../graph/graph-data';
import type { DnsServer } from '../model/cluster-facts';
import type { Endpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import * as ips from '../model/ip-set';
import { podSetsIntersect, podSetText } from '../model/pod-set';
import * as ports from '../model/port-set';

/**
 * The first flow of the tier to the name servers that every pod is told, over UDP; why it is not known whether there is one;
 * undefined where there is none. A pod is told one address, and which of several servers is behind it the graph does not
 * say: so all of them have to be declared, or none.
 */
export function mayAsk(
  tier: GraphTier,
  { flows, cluster }: GraphData,
): { readonly flow: Flow } | { readonly why: string } | undefined {
  const own = flows.filter(({ from }) => from.kind === 'tier' && tierKey(from) === tierKey(tier));
  const { servers } = cluster.dns;
  const leading = servers.map((server) => own.find((flow) => leadsTo(server, flow)));
  const [flow] = leading;
  if (flow !== undefined && !leading.includes(undefined)) return { flow };
  if (!servers.some((server) => own.some((flow) => mayLeadTo(server, flow)))) return undefined;
  return { why: 'a flow may lead to some of them, and which of them a pod is told nobody said' };
}

/** Whether the flow is a tier's way to this server. */
export function leadsTo(
  { endpoint, ports: served }: DnsServer,
  { to, traffic }: Pick<Flow, 'to' | 'traffic'>,
): boolean {
  return ports.covers(traffic.ports, udpOf(served)) && isSame(endpoint, to);
}

/** Where servers may be at any address, some are taken out of a flow to them. */
function isSame(server: DnsServer['endpoint'], to: Endpoint): boolean {
  if (server.kind === 'pods') return to.kind === 'pods' && podSetText(to.pods) === podSetText(server.pods);
  return to.kind === 'addresses' && to.name === server.name && ips.contains(server.addresses, to.addresses);
}

function mayLeadTo({ endpoint, ports: served }: DnsServer, { to, traffic }: Flow): boolean {
  if (ports.isEmpty(ports.intersection(traffic.ports, udpOf(served)).possible)) return false;
  if (endpoint.kind === 'pods') return 'pods' in to && podSetsIntersect(to.pods, endpoint.pods);
  if (to.kind === 'entity') return to.entity === 'nodes';
  return to.kind === 'addresses' && ips.intersects(to.addresses, endpoint.addresses);
}

function udpOf({ UDP }: ports.PortSet): ports.PortSet {
  return { ...ports.none, UDP };
}
