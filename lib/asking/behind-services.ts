import type { Connectivity } from '../analysis';
import type { ClusterFacts } from '../model/cluster-facts';
import type { IpSet } from '../model/ip-set';
import * as ips from '../model/ip-set';
import type { Direction, Plane } from '../model/layer';
import { podSetsIntersect, podsIn } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import * as selectors from '../model/selector';
import type { Workload } from '../model/world';

// Policies see what is behind a Service, which may be any pod, the API server, or an address outside (EndpointSlices).

/** Addresses that the cluster says are others': of pods, nodes, the API server and name servers. */
export function addressesOfOthers({ dns, podRanges, nodeRanges, apiServer }: ClusterFacts): IpSet {
  const servers = dns.servers.flatMap(({ endpoint }) => (endpoint.kind === 'addresses' ? [endpoint.addresses] : []));
  return ips.unionOf([podRanges, nodeRanges, apiServer?.addresses, ...servers].flatMap((range) => range ?? []));
}

/** Those of Services, as far as the cluster says which these are. */
export function addressesOfServices(addresses: IpSet, facts: ClusterFacts): IpSet {
  if (facts.serviceRanges === undefined) return ips.none;
  return ips.difference(ips.intersection(addresses, facts.serviceRanges), addressesOfOthers(facts));
}

/** What may pass from a workload to whatever is behind a Service, which can change the port, and not the protocol. */
export function mayPassBehind(workload: Workload, reach: Connectivity, plane: Plane): PortSet {
  const known = [
    ...reach.withAddresses(workload.id, 'egress', ips.all),
    ...reach.byClass.entities.map((entity) => reach.between(workload.id, entity)),
  ].map(({ may }) => may);
  const all = ports.unionOf([...known, ...rulesToPods([workload], 'egress', plane).map((rule) => rule.ports)]);
  return anyPortOf(all);
}

function anyPortOf(set: PortSet): PortSet {
  const protocols = ports.PROTOCOLS.filter((one) => set[one].ranges.length + set[one].names.length > 0);
  return ports.unionOf([...protocols.map(ports.allOf), ...(set.other ? [{ ...ports.none, other: true }] : [])]);
}

/** The rules by which one of them may reach, or be reached by, anything that is no address. */
export function rulesToPods(workloads: readonly Workload[], direction: Direction, { layers }: Plane) {
  const own = workloads.map(({ namespace, labels }) => podsIn(namespace, selectors.fromLabels(labels)));
  return layers.flatMap(({ rules }) =>
    rules.filter(
      (rule) =>
        rule.direction === direction &&
        rule.action !== 'deny' &&
        rule.peers.some(({ kind }) => kind !== 'addresses' && kind !== 'hosts') &&
        own.some((pods) => podSetsIntersect(rule.subject, pods)),
    ),
  );
}

/** Whether any pod is denied anything. */
export function deniesAnything({ layers }: Plane): boolean {
  return layers.some(({ isolations, rules }) => isolations.length > 0 || rules.some(({ action }) => action === 'deny'));
}
