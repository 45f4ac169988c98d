import { internet } from '../cluster/special-addresses';
import { type GraphData, type GraphTier, tierKey } from '../graph/graph-data';
import type { Endpoint } from '../model/endpoint';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import type { Draft } from './draft';
import { dialled } from './places';
import type { Destination } from './plan';
import { API_SERVER } from './plan';

/**
 * Whether a pod of the tier gets to the internet, the metadata service and the API server, of those that it has no flow to.
 * Beside each, a pod in a namespace without policies gets there.
 */
export function outsideLegs(tier: GraphTier, draft: Draft): void {
  const key = tierKey(tier);
  for (const destination of outside(draft)) {
    const may = mayReach(tier, destination, draft.graph);
    if (may === 'declared') continue;
    if (may !== undefined) {
      draft.leaveOut(`whether ${key} is kept from the ${destination.name}`, may);
      continue;
    }
    const control = draft.control(destination);
    draft.add({ prober: draft.member(tier).id, destination, expected: 'deny', who: key, beside: [control.id] });
  }
}

function outside({ places }: Draft): Destination[] {
  const named = { internet: places.internet, 'metadata service': places.metadata, 'API server': places.apiServer };
  return Object.entries(named).flatMap(([name, address]) =>
    address === undefined ? [] : [{ name, protocol: 'TCP' as const, address }],
  );
}

/** Whether a flow of the tier leads there; why that is not known; undefined where none does. */
function mayReach(tier: GraphTier, { address }: Destination, graph: GraphData): string | undefined {
  const ends = graph.flows.filter(({ from }) => from.kind === 'tier' && tierKey(from) === tierKey(tier));
  const all =
    address === API_SERVER
      ? ends.map(({ to, traffic }) =>
          ports.isEmpty({ ...ports.none, TCP: traffic.ports.TCP }) ? undefined : toApiServer(to, graph),
        )
      : ends.map(({ to, traffic }) => toAddress(to, traffic.ports, address));
  return all.includes('declared') ? 'declared' : all.find((each) => each !== undefined);
}

function toAddress(to: Endpoint, set: ports.PortSet, address: string): string | undefined {
  const { host, port } = dialled(address) ?? { host: '', port: 0 };
  if (!ports.hasNumber(set, 'TCP', port)) return undefined;
  if (to.kind === 'hosts' && to.patterns.some(({ kind }) => kind === 'any' || kind === 'opaque')) return 'declared';
  return to.kind === 'addresses' && isIn(to.addresses, host) ? 'declared' : undefined;
}

function isIn(addresses: ips.IpSet, host: string): boolean {
  try {
    return ips.intersects(addresses, ips.fromAddress(host));
  } catch {
    return false;
  }
}

/** Of an API server whose addresses nobody gave, private addresses and nodes may be the ones. */
function toApiServer(to: Endpoint, { cluster }: GraphData): string | undefined {
  if (to.kind === 'entity') {
    if (to.entity === 'api-server') return 'declared';
    return to.entity === 'nodes' ? 'it may reach nodes, and the API server may be on one' : undefined;
  }
  if (to.kind !== 'addresses') return undefined;
  if (to.name === 'api-server') return 'declared';
  const known = cluster.apiServer?.addresses;
  if (known !== undefined) return ips.intersects(to.addresses, known) ? 'declared' : undefined;
  return ips.isEmpty(ips.difference(to.addresses, internet))
    ? undefined
    : 'it may reach addresses that are not of the internet, and nobody said where the API server is';
}
