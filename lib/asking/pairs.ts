import { connectivity, type Explanation, explain, planeAt, type Situation } from '../analysis';
import type * as ips from '../model/ip-set';
import type { Plane } from '../model/layer';
import { worldNamedBy } from '../model/named-ports';
import type { PortSet, Protocol } from '../model/port-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import type { RequestMatch } from '../model/request-match';
import type { Workload, World } from '../model/world';
import { namesOf } from '../proof';
import type { KnownWorld } from './known-world';
import { addressesOfHost, planeTowards } from './outside';
import { isBehindService, type PairAsked } from './pair';
import { pairsBetween } from './pairs-between';
import type { ResolvedEnd } from './resolved-end';
import { sentOf } from './sent';

/** Every pair that two ends stand for, and the world that answers about them. */
export interface PairsAsked {
  readonly pairs: readonly PairAsked[];
  /** With the pods that could exist, where an end is one of these. */
  readonly world: World;
  readonly plane: Plane;
  readonly options: { readonly podAddresses?: ips.IpSet };
  /** Of one of them no policy of the cluster may know: both have further networks. */
  readonly elsewhere?: PairAsked;
}

/** Asks about every pair of workloads that the two ends stand for; about each kind of request and each kind of name. */
export function pairsAsked(
  known: KnownWorld,
  source: ResolvedEnd,
  destination: ResolvedEnd,
  set: PortSet,
  requests?: readonly RequestMatch[],
  areWhole = false,
): PairsAsked {
  refuseUnbound(source, destination);
  const every = withWorkloads(known.world, [source, destination]);
  const plane = towardsEntities(known, [source, destination]);
  const world = worldNamedBy(plane, every);
  const options = { podAddresses: known.podAddresses };
  const byId = new Map(world.workloads.map((workload) => [workload.id, workload]));
  const pairs = situationsOf(destination, requests, areWhole, known, plane).flatMap((situation) => {
    const reach = connectivity(world, planeAt(plane, situation), options);
    return pairsBetween(source, destination, reach, known).map((pair) => ({
      ...pair,
      situation,
      wanted: askedPorts(set, byId.get(pair.to)),
    }));
  });
  const elsewhere = pairs.find(({ from, to }) => mayMeetElsewhere(byId.get(from), byId.get(to)));
  return { pairs, world, plane, options, ...(elsewhere && { elsewhere }) };
}

/** Whether they may have a network in common of which no policy of the cluster knows; addresses may be on any. */
function mayMeetElsewhere(from: Workload | undefined, to: Workload | undefined): boolean {
  const pods = [from, to].filter((end) => end !== undefined);
  return pods.length > 0 && pods.every(({ hasOtherNetworks }) => hasOtherNetworks === true);
}

export function elsewhereText({ from, to }: PairAsked): string {
  return `Policies deny it on the network of the cluster. ${from} and ${to} may meet on another: pods with the annotation k8s.v1.cni.cncf.io/networks have further interfaces, which these policies are not about.`;
}

/** Policies bind pods, and a connection to a host is known only from where it is opened. */
function refuseUnbound(from: ResolvedEnd, to: ResolvedEnd): void {
  if (from.endpoint.kind === 'hosts') {
    throw new ZeroTrustError({
      rule: 'test-end',
      what: `${from.name} is the name of a host, and policies know names as destinations only`,
      value: from.name,
      allowed: 'pods, addresses, nodes or the API server',
      fix: "Name the addresses that it comes from: Cidr.of('192.0.2.0/24')",
    });
  }
  if (from.endpoint.kind === 'pods' || to.endpoint.kind === 'pods') return;
  throw new ZeroTrustError({
    rule: 'test-end',
    what: `neither ${from.name} nor ${to.name} is pods, and policies bind pods alone, so the answer would say nothing`,
    value: `${from.name}, ${to.name}`,
    allowed: 'pods at one end at least',
    fix: "Name the pods by their tier or their labels: 'ai-agents/app=ai-agent'",
  });
}

function towardsEntities(known: KnownWorld, ends: readonly ResolvedEnd[]): Plane {
  return ends.reduce(
    (plane, { endpoint }) => (endpoint.kind === 'entity' ? planeTowards(endpoint, known.facts, plane) : plane),
    known.plane,
  );
}

function situationsOf(
  { endpoint }: ResolvedEnd,
  requests: readonly RequestMatch[] | undefined,
  areWhole: boolean,
  { facts }: KnownWorld,
  plane: Plane,
): Situation[] {
  const every = requests === undefined ? [{}] : sentOf(requests, plane, areWhole).map((sent) => ({ sent }));
  if (endpoint.kind !== 'hosts') return every;
  const others = plane.layers.flatMap(({ rules }) =>
    rules.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : []))),
  );
  return endpoint.patterns.flatMap((pattern) =>
    namesOf(pattern, others).flatMap((name) =>
      every.map((one) => ({ ...one, host: { name, addresses: addressesOfHost(pattern, facts) } })),
    ),
  );
}

/** Why, for the first of these ports; undefined where no single port stands for them, or what is behind a Service decides. */
export function explanationOf(
  pair: PairAsked,
  wanted: PortSet,
  { world, plane, options }: PairsAsked,
): Explanation | undefined {
  if (isBehindService(pair)) return undefined;
  const {
    from,
    to,
    situation: { host, sent },
  } = pair;
  const one = ports.PROTOCOLS.flatMap((protocol): [Protocol, number][] =>
    wanted[protocol].ranges.slice(0, 1).map(([first]) => [protocol, first]),
  )[0];
  if (one === undefined) return undefined;
  const [protocol, port] = one;
  return explain(world, plane, { from, to: host ?? to, protocol, port, sent }, options);
}

/** Names are taken as the destination's containers have them; where these are not all known, a name may be any number. */
function askedPorts(set: PortSet, to: Workload | undefined): PortSet {
  if (to?.mayHaveMorePorts) return ports.withAnyNumber(set);
  return ports.resolve(set, to?.ports ?? []);
}

/** The world with the pods that could exist, where an end is one of these. */
export function withWorkloads(world: World, ends: readonly Pick<ResolvedEnd, 'workloads' | 'namespaces'>[]): World {
  const known = new Set(world.workloads.map(({ id }) => id));
  const fresh = ends.flatMap(({ workloads }) => workloads).filter(({ id }) => !known.has(id) && known.add(id));
  const names = new Set(world.namespaces.map(({ name }) => name));
  const mentioned = ends
    .flatMap(({ namespaces }) => namespaces)
    .filter(({ name }) => !names.has(name) && names.add(name));
  return {
    ...world,
    workloads: [...world.workloads, ...fresh],
    namespaces: [...world.namespaces, ...mentioned],
  };
}
