import type { ClusterFacts } from '../cluster/cluster-facts';
import { leadsToMetadata, metadataNameIn } from '../cluster/metadata-services';
import { isNamedPeer, namedEnd } from '../deployment/flows/named-peers';
import { internetAddresses } from '../deployment/flows/outside-addresses';
import type { Endpoint, EntityEndpoint } from '../model/endpoint';
import type { HostPattern } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { Entity, Plane, RulePeer } from '../model/layer';
import { endName } from '../proof';
import type { PeerSpec } from '../values/peer';

/** Peers that are no pods. */
export type OutsideSpec = Extract<
  PeerSpec,
  { kind: 'block' | 'internet' | 'host' | 'nodes' | 'cilium-gateway' | 'metadata' | 'api-server' }
>;

export function isOutside(spec: PeerSpec): spec is OutsideSpec {
  return spec.kind === 'block' || spec.kind === 'internet' || isNamedPeer(spec);
}

/**
 * What a peer that is no pod stands for. Nodes and the API server are asked about as themselves where the policies know
 * them by themselves, and where their addresses are not known; else by their addresses.
 */
export function outsideEnd(spec: OutsideSpec, facts: ClusterFacts, plane: Plane): Endpoint {
  switch (spec.kind) {
    case 'block':
      return { kind: 'addresses', addresses: spec.addresses, name: spec.text };
    case 'internet':
      return { kind: 'addresses', addresses: internetAddresses(spec.families, facts), name: 'internet' };
    case 'api-server':
    case 'nodes': {
      const entity: Entity = spec.kind;
      const known = namesEntities(plane) ? undefined : namedEnd(spec, facts).endpoint;
      const isKnown = known !== undefined && !(known.kind === 'addresses' && ips.isEmpty(known.addresses));
      return isKnown ? known : { kind: 'entity', entity };
    }
    case 'cilium-gateway':
      return { kind: 'entity', entity: 'ingress' };
    case 'host':
    case 'metadata':
      return namedEnd(spec, facts).endpoint ?? { kind: 'addresses', addresses: ips.none };
  }
}

/** Where a name can lead: to metadata services only where it is a name of theirs, and into no known range of the cluster. */
export function addressesOfHost(pattern: HostPattern, facts: ClusterFacts): IpSet {
  const inCluster = [facts.podRanges, facts.serviceRanges, facts.nodeRanges, facts.apiServer?.addresses];
  const elsewhere = ips.difference(ips.all, ips.unionOf(inCluster.flatMap((range) => range ?? [])));
  return metadataNameIn(pattern) === undefined ? ips.difference(elsewhere, leadsToMetadata) : elsewhere;
}

/** The plane without blocks that do not have the entity, where its addresses are known; nothing else is to be asked of it. */
export function planeTowards({ entity }: EntityEndpoint, facts: ClusterFacts, plane: Plane): Plane {
  const addresses = { nodes: facts.nodeRanges, 'api-server': facts.apiServer?.addresses, ingress: undefined }[entity];
  if (addresses === undefined || ips.isEmpty(addresses)) return plane;
  const has = (peer: RulePeer) => peer.kind !== 'addresses' || ips.intersects(peer.addresses, addresses);
  const layers = plane.layers.map((layer) => ({
    ...layer,
    rules: layer.rules
      .map((rule) => (rule.peers.every(has) ? rule : { ...rule, peers: rule.peers.filter(has) }))
      .filter(({ peers }) => peers.length > 0),
  }));
  return { ...plane, layers };
}

const ENTITIES = { nodes: 'the nodes', 'api-server': 'the API server', ingress: 'the gateway of Cilium' } as const;

/** How sentences name it. */
export function outsideName(end: Endpoint): string {
  if (end.kind === 'entity') return ENTITIES[end.entity];
  return endName(end);
}

function namesEntities({ layers }: Plane): boolean {
  return layers.some(({ rules }) => rules.some(({ peers }) => peers.some(({ kind }) => kind === 'entity')));
}
