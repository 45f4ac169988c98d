import type { ClusterFacts } from '../model/cluster-facts';
import type { Endpoint } from '../model/endpoint';
import * as ips from '../model/ip-set';
import type { Entity, Plane } from '../model/layer';
import { podsIn } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import type { Service } from '../model/world';
import type { KnownWorld } from './known-world';
import { outsideName } from './outside';
import type { ResolvedEnd } from './resolved-end';

/** The pod that has it by its status; those on the host network have that of their node. Else what the cluster says it is. */
export function endOfAddress(
  end: string,
  { world: { workloads, services }, plane, facts, podAddresses = ips.none }: KnownWorld,
): ResolvedEnd {
  const addresses = ips.fromAddress(end);
  const isIts = (own: string) => ips.hasAddress(addresses, own);
  const service = services.find((each) => each.addresses?.some(isIts));
  if (service !== undefined) throw ofService(end, service);
  const pod = workloads.find((each) => !each.hostNetwork && each.addresses.some(isIts));
  if (pod === undefined && ips.intersects(podAddresses, addresses)) throw ofUnseenPod(end);
  const entity = pod === undefined ? entityAt(addresses, plane, facts) : undefined;
  if (entity !== undefined) return outsideResolved({ kind: 'entity', entity }, end);
  if (pod === undefined) return { ...outsideResolved({ kind: 'addresses', addresses }, end), isOneAddress: true };
  const pods = podsIn(pod.namespace, selectors.fromLabels(pod.labels));
  return { ...outsideResolved({ kind: 'pods', pods, owner: 'the test' }, end), workloads: [pod] };
}

/**
 * What the cluster says has the address, where the engine goes by what it is: no block and no world has a node. The API server
 * may be on a node.
 */
function entityAt(address: ips.IpSet, { ipBlockMode }: Plane, facts: ClusterFacts): Entity | undefined {
  if (ipBlockMode !== 'external-only') return undefined;
  if (ips.intersects(address, facts.apiServer?.addresses ?? ips.none)) return 'api-server';
  return ips.intersects(address, facts.nodeRanges ?? ips.none) ? 'nodes' : undefined;
}

/** Whom it is depends on its labels, and a policy that lets pods through may let it through. */
function ofUnseenPod(end: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${end} is an address of the pods of this cluster, and no manifest shows which pod has it`,
    value: end,
    allowed: 'pods by their labels, and addresses of no pod',
    fix: "Name the pod: 'namespace/label=value', or a stranger('namespace/label=value').",
  });
}

/** It becomes an address of a pod before policies look, so that an answer about it would be about nothing. */
function ofService(end: string, { namespace, name }: Service): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'test-end',
    what: `${end} is an address of Service ${namespace}/${name}, and becomes one of its pods before policies look`,
    value: end,
    allowed: 'pods, and addresses of no Service',
    fix: `Name the pods behind it: '${namespace}/label=value'.`,
  });
}

/** What is no pod. */
export function outsideResolved(endpoint: Endpoint, name = outsideName(endpoint)): ResolvedEnd {
  return { name, endpoint, workloads: [], namespaces: [], isUnknown: false };
}
