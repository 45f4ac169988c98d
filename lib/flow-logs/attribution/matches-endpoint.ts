import { bothMatch, type Match, matchOfLabels } from '../../analysis/connectivity/match';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { AddressesEndpoint, Endpoint, EntityEndpoint, HostsEndpoint } from '../../model/endpoint';
import { matchesHost } from '../../model/host-pattern';
import * as ips from '../../model/ip-set';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { PodSet } from '../../model/pod-set';
import type { KnownAddresses, KnownEnd, KnownEntity, KnownPods } from './known-end';

/** Labels of namespaces, where they are known whole. */
export type NamespacesKnown = ReadonlyMap<string, Labels>;

export interface EndpointContext {
  readonly namespaces: NamespacesKnown;
  readonly apiServer?: ClusterFacts['apiServer'];
}

/** Whether an end of a declared flow has what was seen: surely, or perhaps where that depends on what is not known. */
export function matchOfEndpoint(endpoint: Endpoint, seen: KnownEnd, context: EndpointContext): Match {
  switch (endpoint.kind) {
    case 'tier':
    case 'pods':
      return matchOfPods(endpoint.pods, seen, context);
    case 'addresses':
      return matchOfAddresses(endpoint, seen, context);
    case 'hosts':
      return matchOfHosts(endpoint, seen);
    case 'entity':
      return matchOfEntity(endpoint, seen, context);
  }
}

function matchOfPods(pods: PodSet, seen: KnownEnd, { namespaces }: EndpointContext): Match {
  if (seen.kind === 'pods') return matchOfPod(pods, seen, namespaces);
  return seen.kind === 'unknown' && seen.mayBePod ? 'perhaps' : 'no';
}

/** Whether a pod is one of a set; labels that nobody said may be there, and may be absent. */
export function matchOfPod(set: PodSet, pod: KnownPods, namespaces: NamespacesKnown): Match {
  const { namespace, namespaceLabels, labels, unknownLabels } = pod;
  const whole = namespaces.get(namespace);
  const ofNamespace = { ...namespaceLabels, ...whole, [NAMESPACE_NAME_LABEL]: namespace };
  return bothMatch(
    matchOfLabels(set.namespaces, { labels: ofNamespace, ...(whole === undefined && { unknownLabels: 'any' }) }),
    matchOfLabels(set.pods, { labels, ...(unknownLabels !== undefined && { unknownLabels }) }),
  );
}

/** Declared addresses are outside the cluster, but for those of servers that are named by them. */
function matchOfAddresses({ addresses, name }: AddressesEndpoint, seen: KnownEnd, context: EndpointContext): Match {
  switch (seen.kind) {
    case 'pods':
      return 'no';
    case 'addresses':
      return matchOfSet(addresses, seen.addresses);
    case 'entity':
      return seen.addresses === undefined
        ? entityWithoutAddress(seen, addresses, name, context)
        : matchOfSet(addresses, seen.addresses);
    case 'unknown': {
      if (seen.addresses === undefined) return 'perhaps';
      if (!ips.intersects(addresses, seen.addresses)) return 'no';
      return seen.why === 'service-address' ? 'surely' : 'perhaps';
    }
  }
}

function entityWithoutAddress(
  { entity }: KnownEntity,
  addresses: ips.IpSet,
  name: string | undefined,
  { apiServer }: EndpointContext,
): Match {
  if (entity === 'ingress') return 'no';
  if (entity === 'nodes') return 'perhaps';
  if (name === 'api-server') return 'surely';
  if (apiServer === undefined) return 'perhaps';
  return matchOfSet(addresses, apiServer.addresses);
}

function matchOfSet(declared: ips.IpSet, seen: ips.IpSet): Match {
  if (!ips.intersects(declared, seen)) return 'no';
  return ips.isEmpty(ips.difference(seen, declared)) ? 'surely' : 'perhaps';
}

/** A name that was answered to somebody shows that the address has it, and not that it has no other. */
function matchOfHosts({ patterns }: HostsEndpoint, seen: KnownEnd): Match {
  if (seen.kind !== 'addresses' && seen.kind !== 'unknown') return 'no';
  const { hosts = [], heard = [] } = seen;
  const matches = [...hosts, ...heard].flatMap((host) => patterns.map((pattern) => matchesHost(pattern, host)));
  if (matches.includes(true)) return 'surely';
  const isNamedOtherwise = seen.kind === 'addresses' && hosts.length > 0 && !matches.includes(undefined);
  return isNamedOtherwise ? 'no' : 'perhaps';
}

function matchOfEntity({ entity }: EntityEndpoint, seen: KnownEnd, { apiServer }: EndpointContext): Match {
  if (seen.kind === 'unknown') return seen.why === 'unmanaged' ? 'no' : 'perhaps';
  if (seen.kind === 'addresses') return entityOfAddresses(entity, seen, apiServer);
  if (seen.kind !== 'entity') return 'no';
  if (seen.entity === entity) return 'surely';
  // A node of the control plane is both; what runs the API server elsewhere is no node.
  if (entity === 'nodes' && seen.entity === 'api-server') return 'perhaps';
  const runsApiServer = entity === 'api-server' && seen.entity === 'nodes' && seen.addresses !== undefined;
  return runsApiServer && apiServer === undefined ? 'perhaps' : 'no';
}

/** An API server of which no address is known may be anywhere outside. */
function entityOfAddresses(
  entity: EntityEndpoint['entity'],
  { addresses }: KnownAddresses,
  apiServer: ClusterFacts['apiServer'],
): Match {
  if (entity !== 'api-server') return 'no';
  return apiServer === undefined ? 'perhaps' : matchOfSet(apiServer.addresses, addresses);
}
