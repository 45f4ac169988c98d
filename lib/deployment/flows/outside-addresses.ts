import { internetAddresses } from '../../cluster/internet-addresses';
import { leadsToMetadata, metadataServices } from '../../cluster/metadata-services';
import { privateRanges } from '../../cluster/special-addresses';
import { isUsed, isWaived } from '../../findings/waiver-uses';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Excepted, Waiver } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ips from '../../model/ip-set';
import { type PortSet, portsText } from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { within } from '../../model/within';
import { clusterCall } from '../../values/cluster-call';
import type { HandedOnBy } from '../records';
import { reachesApiServer } from './api-server-ports';
import { rangesOfPodsBeside } from './shared-ranges';

/** What a block or the internet comes to on a cluster: the addresses, what was taken out of them, and what to know. */
export interface OutsideAddresses {
  readonly addresses: IpSet;
  readonly excepted: readonly Excepted[];
  readonly notes: readonly string[];
  readonly problems: readonly Omit<Problem, 'where'>[];
}

/** Why parts are taken out, as the graph says it. */
export const METADATA = 'metadata services hand out credentials';
export const API_SERVER = 'the API server';
const PODS = 'pods of the cluster';
const NODES = 'nodes of the cluster';

type Left = Pick<OutsideAddresses, 'addresses' | 'excepted'>;

/** For what the addresses are meant. */
export interface AddressUse {
  readonly facts: ClusterFacts;
  readonly waivers: readonly Waiver[];
  /** Nodes or a balancer on purpose. */
  readonly handedOnBy?: HandedOnBy;
  /** An agent must not reach metadata services and the API server by way of a block that happens to hold them. */
  readonly forAgent: boolean;
  readonly ports: PortSet | undefined;
}

/** The internet as a peer: agents reach neither metadata services nor the API server by way of it, where these have public addresses. */
export function internetPeer(families: 'any' | 'ipv4' | 'ipv6', use: AddressUse): OutsideAddresses {
  const internet = internetAddresses(families, use.facts);
  const left = without(internet, forAgents(internet, use));
  return {
    ...left,
    notes: mayHoldApiServer(left.addresses, use),
    problems: ips.isEmpty(left.addresses) ? [nothingOutside('the internet', [])] : [],
  };
}

/**
 * The addresses of a block that are outside the cluster. The known ranges of pods, Services and nodes are taken out;
 * where pod ranges are not known, private addresses may be pods, and the block is refused.
 */
export function blockAddresses(block: IpSet, use: AddressUse): OutsideAddresses {
  const { addresses, excepted } = without(block, [...inCluster(block, use), ...forAgents(block, use)]);
  return { addresses, excepted, notes: notes(addresses, use), problems: problems(block, addresses, excepted, use) };
}

/**
 * The same for the flows of one app, once for each block and what of its use matters: a block is the peer of many flows.
 * A waiver counts as used at each of them.
 */
export function blockAddressesOnce(): typeof blockAddresses {
  const known = new Map<IpSet, Map<string, Kept>>();
  return (block, use) => {
    const { waivers, handedOnBy = '', forAgent, ports } = use;
    // Only agents are kept from the API server, and by its ports.
    const portsOfAgent = forAgent && ports !== undefined ? portsText(ports) : '';
    const key = `${waivers.map(({ rule }) => rule).join()} ${handedOnBy} ${forAgent} ${portsOfAgent}`;
    const uses = within(known, block);
    const result = uses.get(key) ?? kept(block, use);
    uses.set(key, result);
    for (const rule of result.waived) isWaived(rule, waivers);
    return result.found;
  };
}

interface Kept {
  readonly found: OutsideAddresses;
  /** Rules that were asked about and waived. */
  readonly waived: readonly string[];
}

function kept(block: IpSet, use: AddressUse): Kept {
  const waivers = use.waivers.map((waiver) => ({ ...waiver }));
  const found = blockAddresses(block, { ...use, waivers });
  return { found, waived: waivers.filter(isUsed).map(({ rule }) => rule) };
}

/** Where name servers on the nodes may be: whatever else is known of an address, they are not there. */
export function nameServerAddresses(block: IpSet, facts: ClusterFacts): Left {
  return without(block, [pods(block, facts), metadata(block, metadataServices), apiServer(block, facts)]);
}

function inCluster(block: IpSet, { facts, waivers, handedOnBy }: AddressUse): readonly Excepted[] {
  const parts = [
    part(block, rangesOfPodsBeside(handedOnBy, facts), PODS),
    part(block, facts.serviceRanges, 'Services of the cluster'),
    ...(handedOnBy === undefined ? [part(block, facts.nodeRanges, NODES)] : []),
  ];
  return unlessWaived('cluster-range', parts, waivers);
}

function forAgents(block: IpSet, { facts, waivers, forAgent }: AddressUse): Excepted[] {
  if (!forAgent) return [];
  return [
    ...unlessWaived('metadata-service', [metadata(block, leadsToMetadata)], waivers),
    ...unlessWaived('api-server', [apiServer(block, facts)], waivers),
  ];
}

/** The parts that there are; none where they are to stay in. */
function unlessWaived(rule: string, parts: readonly Excepted[], waivers: readonly Waiver[]): readonly Excepted[] {
  const present = parts.filter(({ addresses }) => !ips.isEmpty(addresses));
  return present.length > 0 && isWaived(rule, waivers) ? [] : present;
}

function pods(block: IpSet, { podRanges }: ClusterFacts): Excepted {
  return part(block, podRanges, PODS);
}

function metadata(block: IpSet, services: IpSet): Excepted {
  return part(block, services, METADATA);
}

export function apiServer(block: IpSet, facts: ClusterFacts): Excepted {
  return part(block, facts.apiServer?.addresses, API_SERVER);
}

function part(block: IpSet, range: IpSet | undefined, because: string): Excepted {
  return { addresses: ips.intersection(block, range ?? ips.none), because };
}

/** The parts that there are, taken out. */
export function without(block: IpSet, parts: readonly Excepted[]): Left {
  const excepted = parts.filter(({ addresses }) => !ips.isEmpty(addresses));
  return { addresses: excepted.reduce((rest, it) => ips.difference(rest, it.addresses), block), excepted };
}

/** Why a policy for the block would match nothing, where that is so: what it holds, and nothing else. */
export function whyNeverMatched(block: IpSet, facts: ClusterFacts, handedOnBy?: HandedOnBy): string | undefined {
  const { addresses, excepted } = without(block, neverMatched(block, facts, handedOnBy));
  return ips.isEmpty(addresses) ? excepted.map(({ because }) => because).join(', ') : undefined;
}

/** What to know of a block that may match nothing. */
export function notesOnMatching(addresses: IpSet, facts: ClusterFacts): string[] {
  if (!mayMatchNothing(addresses, facts)) return [];
  return ['may match nothing: the address may be of a Service, and the ranges of Services are not given'];
}

/**
 * Addresses that a block in a policy never stands for, whatever was meant: those of Services, which are translated before
 * policy looks (Kubernetes, "Virtual IPs and Service Proxies"), and on Cilium those of pods and nodes (cilium issue 20550).
 */
function neverMatched(block: IpSet, facts: ClusterFacts, handedOnBy: HandedOnBy | undefined): Excepted[] {
  const services = part(block, facts.serviceRanges, 'Services, whose addresses are translated before policy looks');
  if (facts.ipBlockMode !== 'external-only') return [services];
  return [
    services,
    part(block, rangesOfPodsBeside(handedOnBy, facts), 'pods, which the engine never matches by address'),
    // Nodes on purpose are an end of their own there, and the block is for a balancer beside them.
    ...(handedOnBy === undefined
      ? [part(block, facts.nodeRanges, 'nodes, which the engine never matches by address')]
      : []),
  ];
}

function notes(addresses: IpSet, use: AddressUse): string[] {
  const { facts, handedOnBy } = use;
  // What a balancer sends is told from nodes by an engine that never takes these for addresses.
  const isToldApart = handedOnBy === 'balancer' && facts.ipBlockMode === 'external-only';
  const mayHoldNodes =
    facts.nodeRanges === undefined &&
    handedOnBy !== 'nodes' &&
    !isToldApart &&
    ips.intersects(addresses, privateRanges);
  return [
    ...(handedOnBy === 'balancer' && !isToldApart ? nodesBeside(addresses, facts) : []),
    ...(mayHoldNodes ? ['may hold nodes: their ranges are not given'] : []),
    ...notesOnMatching(addresses, facts),
    ...mayHoldApiServer(addresses, use),
  ];
}

/** Nodes in the subnet of a balancer, which an engine that goes by address cannot tell from it. */
function nodesBeside(addresses: IpSet, { nodeRanges = ips.none }: ClusterFacts): string[] {
  const nodes = ips.intersection(addresses, nodeRanges);
  return ips.isEmpty(nodes) ? [] : [`nodes with addresses in ${ips.ipsText(nodes)} come in as well`];
}

/** One private address is a Service as likely as anything: `10.96.0.10` is what `kubectl get services` shows. */
function mayMatchNothing(addresses: IpSet, { serviceRanges }: ClusterFacts): boolean {
  const isPrivate = ips.isEmpty(ips.difference(addresses, privateRanges));
  return (
    serviceRanges === undefined && isPrivate && ips.blocks(addresses).every(({ cidr }) => /\/(32|128)$/.test(cidr))
  );
}

/** What is no single address that somebody chose may hold an API server that nobody gave the address of. */
function mayHoldApiServer(addresses: IpSet, { facts, waivers, forAgent, ports }: AddressUse): string[] {
  if (!forAgent || facts.apiServer !== undefined) return [];
  const { v4, v6 } = ips.size(addresses);
  const isPossible = v4 + v6 > 1n && ports !== undefined && reachesApiServer(ports, facts);
  return isPossible && !isWaived('api-server', waivers) ? ['may hold the API server: its addresses are not given'] : [];
}

function problems(block: IpSet, addresses: IpSet, excepted: readonly Excepted[], use: AddressUse) {
  if (ips.isEmpty(addresses)) return [nothingOutside(ips.ipsText(block), excepted)];
  const never = whyNeverMatched(block, use.facts, use.handedOnBy);
  if (never !== undefined) return [matchesNothing(ips.ipsText(block), never)];
  const mayHoldPods =
    use.facts.ipBlockMode !== 'external-only' &&
    use.facts.podRanges === undefined &&
    ips.intersects(addresses, privateRanges);
  if (!mayHoldPods || isWaived('cluster-range', use.waivers)) return [];
  return [podsUnknown(ips.ipsText(block), addresses, use.facts)];
}

function nothingOutside(text: string, excepted: readonly Excepted[]): Omit<Problem, 'where'> {
  return {
    rule: 'block-inside',
    what: `every address of ${text} is inside the cluster${excepted.length === 0 ? '' : `: it holds only ${excepted.map(({ because }) => because).join(', ')}`}`,
    value: text,
    allowed: 'addresses outside the cluster',
    fix: isNodesAlone(excepted)
      ? 'Name the nodes instead of their addresses: Nodes.all()'
      : "Name whom it is meant for instead of the addresses: a tier, pods (Pods.labeled({ app: '…' }).inNamespace('…').ownedBy('…')), Nodes.all() or cluster.apiServer.",
  };
}

function isNodesAlone(excepted: readonly Excepted[]): boolean {
  return excepted.length === 1 && excepted[0].because === NODES;
}

function matchesNothing(text: string, inside: string): Omit<Problem, 'where'> {
  return {
    rule: 'block-inside',
    what: `a policy for ${text} would match nothing: it holds only ${inside}`,
    value: text,
    allowed: 'addresses that policies see',
    fix: "Name the pods behind the Service by their labels (Pods.labeled({ app: '…' }).inNamespace('…').ownedBy('…')), nodes as Nodes.all(), or the tier.",
  };
}

function podsUnknown(text: string, addresses: IpSet, facts: ClusterFacts): Omit<Problem, 'where'> {
  const inside = ips.ipsText(ips.intersection(addresses, privateRanges));
  return {
    rule: 'cluster-range',
    what: `${inside === text ? text : `${inside} in ${text}`} is private and may hold pods of the cluster, whose addresses are not known`,
    value: text,
    allowed: 'public addresses, or private ones beside the ranges of the cluster once these are given',
    fix: [
      `Give the ranges, and they are taken out: Cluster.use(app, ${clusterCall(facts, "podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12']")})`,
      "or acknowledge it on the flow: acknowledge: [{ rule: 'cluster-range', because: '…' }]",
    ].join('\n'),
  };
}
