import { ADDRESS_OF_HOST, type Connectivity } from '../analysis';
import { privateRanges } from '../cluster/special-addresses';
import * as ips from '../model/ip-set';
import type { Direction } from '../model/layer';
import * as ports from '../model/port-set';
import { addressesOfServices, deniesAnything, mayPassBehind } from './behind-services';
import type { KnownWorld } from './known-world';
import type { PairAsked } from './pair';
import type { ResolvedEnd } from './resolved-end';

/** Two single ends, and what passes between them in one situation. */
export type PairPassing = Omit<PairAsked, 'situation' | 'wanted'>;

/** Every pair of single ends that two ends stand for: workloads, an address of each verdict, and what addresses may be. */
export function pairsBetween(
  from: ResolvedEnd,
  to: ResolvedEnd,
  reach: Connectivity,
  known: KnownWorld,
): readonly PairPassing[] {
  return [...pairsOf(from, to, reach, known), ...pairsWithEntities(from, to, reach, known)];
}

function pairsOf(from: ResolvedEnd, to: ResolvedEnd, reach: Connectivity, known: KnownWorld): readonly PairPassing[] {
  if (to.endpoint.kind === 'addresses') return withAddresses(from, to.endpoint.addresses, 'egress', reach, known);
  if (from.endpoint.kind === 'addresses') return withAddresses(to, from.endpoint.addresses, 'ingress', reach, known);
  return idsOf(from).flatMap((a) => idsOf(to).map((b) => ({ from: a, to: b, ...reach.between(a, b) })));
}

/**
 * On an engine that tells nodes and the API server by what they are, an address may be one of theirs, unless the cluster says
 * which these are. Addresses that nobody numbers nodes from are taken to be of none.
 */
function pairsWithEntities(from: ResolvedEnd, to: ResolvedEnd, reach: Connectivity, { plane, facts }: KnownWorld) {
  if (plane.ipBlockMode !== 'external-only') return [];
  const entities = ({ endpoint, isOneAddress }: ResolvedEnd) => {
    if (endpoint.kind !== 'addresses' || !isOneAddress) return [];
    if (!ips.isEmpty(addressesOfServices(endpoint.addresses, facts))) return [];
    const mayBe = (known: ips.IpSet | undefined) => ips.intersects(endpoint.addresses, known ?? privateRanges);
    return [
      ...(mayBe(facts.nodeRanges) ? ['nodes'] : []),
      ...(mayBe(facts.apiServer?.addresses) ? ['api-server'] : []),
    ];
  };
  const pairs = [
    ...entities(to).flatMap((entity) => idsOf(from).map((id) => [id, entity] as const)),
    ...entities(from).flatMap((entity) => idsOf(to).map((id) => [entity, id] as const)),
  ];
  return pairs.map(([a, b]) => ({ from: a, to: b, isPerhaps: true as const, ...reach.between(a, b) }));
}

/**
 * One address of each verdict stands for all of them. Nodes are apart where the engine knows them by what they are, and so is
 * what is behind Services, where anything is denied at all; nobody connects from the address of one.
 */
function withAddresses(
  { workloads }: ResolvedEnd,
  set: ips.IpSet,
  direction: Direction,
  reach: Connectivity,
  { plane, facts }: KnownWorld,
) {
  const isTo = direction === 'egress';
  const nodes = plane.ipBlockMode === 'external-only' ? ips.intersection(set, facts.nodeRanges ?? ips.none) : ips.none;
  const services = isTo && deniesAnything(plane) ? addressesOfServices(set, facts) : ips.none;
  const others = ips.difference(set, ips.union(nodes, services));
  const ends = (id: string, other: string) => (isTo ? { from: id, to: other } : { from: other, to: id });
  return workloads.flatMap((workload): PairPassing[] => {
    const { id } = workload;
    const { from, to } = ends(id, 'nodes');
    return [
      ...reach
        .withAddresses(id, direction, others)
        .map(({ addresses, must, may }) => ({ ...ends(id, ips.sampleAddress(addresses) ?? ''), must, may })),
      ...(ips.isEmpty(nodes) ? [] : [{ from, to, ...reach.between(from, to) }]),
      ...(ips.isEmpty(services)
        ? []
        : [
            {
              ...ends(id, ips.sampleAddress(services) ?? ''),
              must: ports.none,
              may: mayPassBehind(workload, reach, plane),
              isService: true as const,
            },
          ]),
    ];
  });
}

function idsOf({ workloads, endpoint }: ResolvedEnd): readonly string[] {
  if (endpoint.kind === 'entity') return [endpoint.entity];
  return endpoint.kind === 'hosts' ? [ADDRESS_OF_HOST] : workloads.map(({ id }) => id);
}
