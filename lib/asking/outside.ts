import { leadsToMetadata, metadataNameIn } from '../cluster/metadata-services';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Endpoint, EntityEndpoint } from '../model/endpoint';
import { ENTITY_WORDS } from '../model/entity-words';
import type { HostPattern } from '../model/host-pattern';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { Plane, RulePeer } from '../model/layer';
import { endName } from '../proof/assumptions';

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

/** How sentences name it. */
export function outsideName(end: Endpoint): string {
  if (end.kind === 'entity') return ENTITY_WORDS[end.entity];
  return endName(end);
}

/** Whether policies know nodes and the API server by themselves. */
export function namesEntities({ layers }: Plane): boolean {
  return layers.some(({ rules }) => rules.some(({ peers }) => peers.some(({ kind }) => kind === 'entity')));
}
