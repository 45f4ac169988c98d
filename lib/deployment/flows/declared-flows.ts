import { isThrough } from '../../cluster/load-balancers';
import { isWaived } from '../../findings/waiver-uses';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Excepted, Flow } from '../../model/flow';
import type { IpSet } from '../../model/ip-set';
import * as ports from '../../model/port-set';
import type { Problem } from '../../model/problem';
import { remembered } from '../../model/remembered';
import { portTraffic } from '../../model/traffic';
import type { PeerSpec } from '../../values/peer';
import type { Declaration, Located, TierRecord } from '../records';
import type { ResolvedTier } from '../workloads/resolved-tier';
import { reachesApiServer } from './api-server-ports';
import { aboutDeclaration } from './flow-words';
import { hostEnds } from './hosts-of-one';
import { identityEnds } from './identity-ends';
import { type NamedPeer, namedEnd } from './named-peers';
import { nodesOfBlock } from './nodes-by-address';
import {
  type AddressUse,
  API_SERVER,
  apiServer,
  blockAddressesOnce,
  internetPeer,
  METADATA,
  without,
} from './outside-addresses';
import { endName, type PeerEnd } from './peer-end';
import { type PodPeerContext, podEndsOnce } from './pod-peers';
import { inNumbers } from './ports-in-numbers';
import { apiServerOnNodes } from './role-refusals';
import { sharedRange } from './shared-ranges';
import { trafficProblems } from './traffic-problems';

/** What a declaration is read against. */
interface FlowContext extends PodPeerContext {
  readonly facts: ClusterFacts;
  readonly tiers: ReadonlyMap<TierRecord, ResolvedTier>;
  readonly podEnds: ReturnType<typeof podEndsOnce>;
  readonly blockAddresses: ReturnType<typeof blockAddressesOnce>;
}

export interface DeclaredFlows {
  readonly flows: readonly Flow[];
  /** What each of the flows was declared by. */
  readonly by: readonly Declaration[];
  readonly problems: readonly Located[];
}

/** The flows that declarations come to: one for each end that the peer of a declaration stands for. */
export function declaredFlows(
  declarations: readonly Declaration[],
  against: Omit<FlowContext, 'podEnds' | 'blockAddresses'>,
): DeclaredFlows {
  const context = { ...against, podEnds: podEndsOnce(against), blockAddresses: blockAddressesOnce() };
  const flows: Flow[] = [];
  const by: Declaration[] = [];
  const found: Located[] = [];
  for (const declaration of declarations) {
    const { ends, problems } = peerEnds(declaration, context);
    for (const problem of problems) found.push(located(declaration, problem, context));
    for (const end of ends) {
      const made = flowWith(declaration, end, context);
      for (const problem of made.problems) found.push(located(declaration, problem, context));
      if (made.flow === undefined) continue;
      flows.push(made.flow);
      by.push(declaration);
    }
  }
  return { flows, by, problems: found };
}

interface PeerEnds {
  readonly ends: readonly PeerEnd[];
  readonly problems: readonly Omit<Problem, 'where'>[];
}

function peerEnds(declaration: Declaration, context: FlowContext): PeerEnds {
  const { peer } = declaration;
  switch (peer.kind) {
    case 'tier':
    case 'namespace':
    case 'pods':
      return context.podEnds(peer);
    case 'nodes':
      return nodeEnds(declaration, context);
    case 'api-server':
    case 'cilium-gateway':
      return namedEnds(peer, context.facts);
    case 'metadata':
      if (peer.identity !== undefined) return { ends: identityEnds(peer.identity, context.facts), problems: [] };
      return namedEnds(peer, context.facts);
    case 'host':
      return namedEnds(peer, context.facts);
    case 'hosts':
      return { ends: hostEnds(peer), problems: [] };
    case 'internet': {
      const { addresses, excepted, notes, problems } = internetPeer(peer.families, addressUse(declaration, context));
      if (problems.length > 0) return { ends: [], problems };
      const name = internetName(peer.families, excepted);
      return { ends: [{ endpoint: { kind: 'addresses', addresses, name }, excepted, notes }], problems };
    }
    case 'block':
      return blockEnds(peer, declaration, context);
  }
}

function namedEnds(peer: NamedPeer, facts: ClusterFacts): PeerEnds {
  const { endpoint, problems, ...about } = namedEnd(peer, facts);
  return { ends: endpoint === undefined ? [] : [{ endpoint, ...about }], problems };
}

type BlockPeer = Extract<PeerSpec, { kind: 'block' }>;

function blockEnds({ addresses: block, parts }: BlockPeer, declaration: Declaration, context: FlowContext): PeerEnds {
  const use = addressUse(declaration, context);
  const inside = insideProblems(parts, use, context);
  if (inside.length > 0) return { ends: [], problems: inside };
  const { handedOnBy } = declaration;
  const nodes = handedOnBy === 'nodes' ? nodesOfBlock(block, context.facts, use.waivers) : NO_NODES;
  const { addresses, excepted, notes, ...outside } = context.blockAddresses(block, use);
  const shared = handedOnBy === undefined ? NOT_SHARED : sharedRange(addresses, declaration, context.facts);
  const problems = [...nodes.problems, ...outside.problems, ...shared.problems];
  if (problems.length > 0) return { ends: [], problems };
  const ofTier = declaration.tier.acknowledged.filter(({ rule }) => OF_BLOCKS.includes(rule));
  const acknowledged = joined(ofTier, shared.acknowledged);
  const first: PeerEnd = { endpoint: endAt(addresses), excepted, notes: joined(notes, shared.notes), acknowledged };
  return { ends: [first, ...nodes.ends.map((end) => ({ ...end, acknowledged }))], problems };
}

/** Of several blocks each must be outside the cluster: one that is not would go unseen among the others. */
function insideProblems(parts: readonly IpSet[], use: AddressUse, { blockAddresses }: FlowContext) {
  if (parts.length === 1) return [];
  return parts.flatMap((part) => blockAddresses(part, use).problems.filter(({ rule }) => rule === 'block-inside'));
}

const endAt = remembered((addresses: IpSet): Endpoint => ({ kind: 'addresses', addresses }));

const NO_NODES = { ends: [], problems: [] };
const NOT_SHARED = { notes: [], acknowledged: [], problems: [] };

/** What a tier can accept of blocks for all its flows. */
const OF_BLOCKS: readonly string[] = ['cluster-range', 'engine-nodes'];

function nodeEnds(declaration: Declaration, context: FlowContext): PeerEnds {
  const nodes = nodesOfDeclaration(declaration, context);
  const made = nodes.ends.map((end) => {
    if (end.endpoint.kind !== 'addresses') return { end, problems: [] };
    const { notes, acknowledged, problems } = sharedRange(end.endpoint.addresses, declaration, context.facts);
    return { end: { ...end, notes, acknowledged }, problems };
  });
  const unsaid = declaration.notes.some(isThrough) ? nodes.problems.map(handedOnByNodes) : nodes.problems;
  const problems = [...unsaid, ...made.flatMap((one) => one.problems)];
  return { ends: problems.length > 0 ? [] : made.map(({ end }) => end), problems };
}

/** Where no policy can name nodes, what they hand on for a balancer can still be let in, as somebody else. */
function handedOnByNodes(problem: Omit<Problem, 'where'>): Omit<Problem, 'where'> {
  if (problem.rule !== 'engine-nodes') return problem;
  return {
    ...problem,
    allowed: 'clients whose own address is kept, and balancers that target pods',
    fix: 'Let nodes keep the addresses of clients (externalTrafficPolicy: ExternalTrafficPolicy.LOCAL, on the Service too), or let the balancer target pods (targets: LoadBalancerTargets.IP).',
  };
}

/** Nodes of the control plane are nodes as well, and an agent does not reach the API server on them. */
function nodesOfDeclaration(declaration: Declaration, { facts }: FlowContext): PeerEnds {
  const { endpoint, problems } = namedEnd({ kind: 'nodes' }, facts);
  if (endpoint === undefined) return { ends: [], problems };
  const { ports: set, tier, acknowledged } = declaration;
  if (!isOfAgent(declaration) || isWaived('api-server', acknowledged, tier.acknowledged))
    return { ends: [{ endpoint }], problems };
  if (endpoint.kind === 'addresses' && facts.apiServer !== undefined) {
    const { addresses, excepted } = without(endpoint.addresses, [apiServer(endpoint.addresses, facts)]);
    const name = excepted.length > 0 ? `nodes but ${API_SERVER}` : endpoint.name;
    return { ends: [{ endpoint: { ...endpoint, addresses, name }, excepted }], problems };
  }
  if (set !== undefined && reachesApiServer(set, facts)) {
    return { ends: [], problems: [...problems, apiServerOnNodes(ports.portsText(set))] };
  }
  return { ends: [{ endpoint }], problems };
}

function isOfAgent({ tier, direction }: Declaration): boolean {
  return tier.role === 'agent' && direction === 'egress';
}

function addressUse(declaration: Declaration, { facts }: FlowContext): AddressUse {
  const { tier, acknowledged, handedOnBy, ports: set } = declaration;
  return {
    facts,
    waivers: [...acknowledged, ...tier.acknowledged],
    ...(handedOnBy && { handedOnBy }),
    forAgent: isOfAgent(declaration),
    ports: set,
  };
}

/** One name means one set of addresses in a graph. */
function internetName(families: 'any' | 'ipv4' | 'ipv6', excepted: readonly Excepted[]): string {
  const without = excepted.map(({ because }) => (because === METADATA ? 'metadata services' : because));
  const but = without.length === 0 ? '' : ` but ${without.join(' and ')}`;
  return `internet${families === 'any' ? '' : ` ${families}`}${but}`;
}

function flowWith(declaration: Declaration, end: PeerEnd, context: FlowContext) {
  const own = context.tiers.get(declaration.tier) as ResolvedTier;
  const outgoing = declaration.direction === 'egress';
  const destination: PeerEnd = outgoing ? end : own;
  const set = declaration.ports ?? destination.ports;
  if (set === undefined) return { problems: [portsMissing(outgoing ? endName(end.endpoint) : 'this tier')] };
  const from = outgoing ? own.endpoint : end.endpoint;
  const sayable = looksNamesUpInEgress(context.facts) && from.kind === 'tier' ? inNumbers(set, destination) : set;
  const flow: Flow = {
    from,
    to: outgoing ? end.endpoint : own.endpoint,
    traffic: portTraffic(sayable, declaration.requests),
    because: [declaration.because],
    excepted: end.excepted ?? [],
    acknowledged: joined(declaration.acknowledged, end.acknowledged),
    notes: joined(declaration.notes, end.notes),
    ...(declaration.encrypted && { encrypted: true }),
  };
  return { flow, problems: trafficProblems(declaration, { set, sayable }, destination, context.facts) };
}

/** Mostly one of them is empty, and the other is there already. */
function joined<T>(list: readonly T[], more: readonly T[] = []): readonly T[] {
  if (more.length === 0) return list;
  return list.length === 0 ? more : [...list, ...more];
}

/** Over many pods at once, so that only numbers are sure to mean what the destination calls them. */
function looksNamesUpInEgress({ engine }: ClusterFacts): boolean {
  return engine === 'cilium';
}

function located(declaration: Declaration, problem: Omit<Problem, 'where'>, { declarations }: FlowContext): Located {
  const { construct } = declaration.tier;
  return {
    construct,
    problem: { where: construct.node.path, ...aboutDeclaration(declaration, declarations), ...problem },
  };
}

function portsMissing(destination: string): Omit<Problem, 'where'> {
  return {
    rule: 'flow-ports',
    what: `a flow to ${destination} names no port, and neither does ${destination}`,
    value: destination,
    allowed: 'ports on the flow, or on the destination',
    fix: "Name them: { ports: [Port.tcp(443)], because: '…' }, or give the destination its `ports`.",
  };
}
