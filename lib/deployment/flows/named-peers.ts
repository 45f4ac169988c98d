import type { ClusterFacts } from '../../cluster/cluster-facts';
import { knowsEntities } from '../../cluster/entities';
import { metadataServices } from '../../cluster/metadata-services';
import type { Endpoint } from '../../model/endpoint';
import type { PortSet } from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { clusterCall } from '../../values/cluster-call';
import type { PeerSpec } from '../../values/peer';
import { nodesUnsayable } from './nodes-by-address';

/** Peers that are known by name, and not as pods or blocks. */
export type NamedPeer = Extract<PeerSpec, { kind: 'api-server' | 'nodes' | 'metadata' | 'host' }>;

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
    case 'metadata':
      return { endpoint: { kind: 'addresses', addresses: metadataServices, name: 'metadata services' }, problems: [] };
    case 'host':
      return { endpoint: { kind: 'hosts', patterns: [peer.pattern] }, notes: [BY_ADDRESS], problems: [] };
  }
}

export function isNamedPeer(peer: PeerSpec): peer is NamedPeer {
  return peer.kind === 'api-server' || peer.kind === 'nodes' || peer.kind === 'metadata' || peer.kind === 'host';
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
