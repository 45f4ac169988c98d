import { knowsEntities } from '../../cluster/entities';
import { metadataServices } from '../../cluster/metadata-services';
import { IDENTITY_TITLES, identityServers, type WorkloadIdentity } from '../../cluster/workload-identity';
import { engineNamed } from '../../engines/engines';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import * as ips from '../../model/ip-set';
import type { PortSet } from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { clusterCall } from '../../values/cluster-call';
import type { PeerSpec } from '../../values/peer';
import { nodesUnsayable } from './nodes-by-address';

/** Peers that are known by name, and not as pods or blocks. */
export type NamedPeer = Extract<PeerSpec, { kind: 'api-server' | 'nodes' | 'cilium-gateway' | 'metadata' | 'host' }>;

export interface NamedEnd {
  readonly endpoint?: Endpoint;
  /** Ports that it is reached on when a flow names none. */
  readonly ports?: PortSet;
  readonly notes?: readonly string[];
  readonly problems: readonly Omit<Problem, 'where'>[];
}

/** What a named peer is to the engine of the cluster: an entity or names where it knows them, else addresses. */
export function namedEnd(peer: NamedPeer, facts: ClusterFacts): NamedEnd {
  const isEntity = knowsEntities(facts);
  switch (peer.kind) {
    case 'api-server': {
      const { addresses, ports } = peer.facts;
      if (isEntity) return { endpoint: { kind: 'entity', entity: 'api-server' }, ports, problems: [] };
      return { endpoint: { kind: 'addresses', addresses, name: 'api-server' }, ports, problems: [] };
    }
    case 'nodes': {
      if (isEntity) return { endpoint: { kind: 'entity', entity: 'nodes' }, problems: [] };
      const unsayable = nodesUnsayable(facts);
      if (unsayable.length > 0) return { problems: unsayable };
      if (facts.nodeRanges === undefined) return { problems: [nodesUnknown(facts)] };
      return { endpoint: { kind: 'addresses', addresses: facts.nodeRanges, name: 'nodes' }, problems: [] };
    }
    case 'cilium-gateway':
      if (isEntity) return { endpoint: { kind: 'entity', entity: 'ingress' }, problems: [] };
      return { problems: [noGateway(facts)] };
    case 'metadata':
      if (peer.identity !== undefined) return { endpoint: identityServer(peer.identity, facts), problems: [] };
      return { endpoint: { kind: 'addresses', addresses: metadataServices, name: 'metadata services' }, problems: [] };
    case 'host':
      return { endpoint: { kind: 'hosts', patterns: [peer.pattern] }, notes: [BY_ADDRESS], problems: [] };
  }
}

export function isNamedPeer(peer: PeerSpec): peer is NamedPeer {
  return NAMED.includes(peer.kind);
}

/** The servers of a workload identity as one end: what is asked of them, and not what is declared. */
function identityServer(identity: WorkloadIdentity, facts: ClusterFacts): Endpoint {
  const addresses = ips.unionOf(identityServers(identity, facts).map((server) => server.addresses));
  return { kind: 'addresses', addresses, name: IDENTITY_TITLES[identity] };
}

const NAMED: readonly PeerSpec['kind'][] = ['api-server', 'nodes', 'cilium-gateway', 'metadata', 'host'];

function noGateway(facts: ClusterFacts): Omit<Problem, 'where'> {
  return {
    rule: 'exposure-cilium-gateway',
    what: `only Cilium can name its own gateway, and the policies of this cluster are those of ${engineNamed(facts.engine).title}`,
    value: 'LoadBalancer.ciliumGateway()',
    allowed: 'LoadBalancer.ciliumGateway() on Cluster.cilium({ … }); elsewhere, the balancer that is there',
    fix: 'Give the cluster the engine that it runs: Cluster.use(app, Cluster.cilium({ … })), or say what is between the clients and the pods here.',
  };
}

/** No engine here looks into TLS for the name: it allows what the name resolved to. */
export const BY_ADDRESS = 'by address: other names on the same address pass';

function nodesUnknown(facts: ClusterFacts): Omit<Problem, 'where'> {
  return {
    rule: 'nodes-unknown',
    what: 'the addresses of the nodes are not known, and the engine of this cluster can name nodes by address only',
    value: 'Nodes.all()',
    allowed: 'the ranges that nodes have addresses in',
    fix: `Give them: ${clusterCall(facts, "nodeCidrs: ['192.0.2.0/24']")}`,
  };
}
