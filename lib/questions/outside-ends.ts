import { namesEntities } from '../asking/outside';
import { internetAddresses } from '../cluster/internet-addresses';
import { isNamedPeer, namedEnd } from '../deployment/flows/named-peers';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Endpoint } from '../model/endpoint';
import * as ips from '../model/ip-set';
import type { Entity, Plane } from '../model/layer';
import type { PeerSpec } from '../values/peer';

/** Peers that are no pods. */
export type OutsideSpec = Extract<
  PeerSpec,
  { kind: 'block' | 'internet' | 'host' | 'hosts' | 'nodes' | 'cilium-gateway' | 'metadata' | 'api-server' }
>;

export function isOutside(spec: PeerSpec): spec is OutsideSpec {
  return spec.kind === 'block' || spec.kind === 'internet' || spec.kind === 'hosts' || isNamedPeer(spec);
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
    case 'hosts':
      return { kind: 'hosts', patterns: spec.patterns };
    case 'host':
    case 'metadata':
      return namedEnd(spec, facts).endpoint ?? { kind: 'addresses', addresses: ips.none };
  }
}
