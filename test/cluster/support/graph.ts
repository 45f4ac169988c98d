/**
 * What a policy graph says of one flow, read from its JSON (docs/schemas/graph.schema.json) and nothing else: no
 * manifest is looked at, so that the packets can contradict the manifests and the declaration alike.
 */
import { BlockList, isIPv6 } from 'node:net';
import type { Protocol } from '../../judges/world';
import { type LabelSelector, type Labels, matches } from '../../naive/labels';

export interface Graph {
  readonly namespaces: readonly { readonly name: string }[];
  readonly tiers: readonly { readonly namespace: string; readonly name: string; readonly pods: Pods }[];
  readonly flows: readonly GraphFlow[];
}

export interface GraphFlow {
  readonly from: GraphEnd;
  readonly to: GraphEnd;
  readonly traffic: { readonly kind: 'everything' } | { readonly kind: 'ports'; readonly ports: readonly GraphPort[] };
}

export type GraphEnd =
  | { readonly kind: 'tier'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'pods'; readonly pods: Pods }
  | { readonly kind: 'addresses'; readonly blocks: readonly Block[] };

export interface Pods {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}

export interface Block {
  readonly cidr: string;
  readonly except?: readonly string[];
}

export interface GraphPort {
  readonly protocol: Protocol;
  readonly port?: number | string;
  readonly endPort?: number;
}

/** One end of a connection: a pod, or an address outside the cluster. */
export type Party = Pod | { readonly address: string };

export interface Pod {
  readonly namespace: string;
  readonly namespaceLabels: Labels;
  readonly labels: Labels;
  readonly ports: readonly { readonly name: string; readonly protocol: Protocol; readonly number: number }[];
}

/** A connection passes if it is declared, or if neither end is in a namespace of the graph. */
export function declares(graph: Graph, from: Party, to: Party, protocol: Protocol, port: number): boolean {
  const ours = graph.namespaces.map(({ name }) => name);
  const isOurs = (party: Party) => isPod(party) && ours.includes(party.namespace);
  if (!isOurs(from) && !isOurs(to)) return true;
  return graph.flows.some((flow) => isOf(graph, flow, from, to, protocol, port));
}

/** Whether the connection is one of this flow. */
export function isOf(graph: Graph, flow: GraphFlow, from: Party, to: Party, protocol: Protocol, port: number): boolean {
  return isEnd(graph, flow.from, from) && isEnd(graph, flow.to, to) && carries(flow.traffic, to, protocol, port);
}

export function podsOf(graph: Graph, end: GraphEnd): Pods | undefined {
  if (end.kind === 'pods') return end.pods;
  if (end.kind === 'addresses') return undefined;
  return graph.tiers.find(({ namespace, name }) => namespace === end.namespace && name === end.name)?.pods;
}

export function isInBlock({ cidr, except = [] }: Block, address: string): boolean {
  return isWithin(cidr, address) && !except.some((excepted) => isWithin(excepted, address));
}

function isEnd(graph: Graph, end: GraphEnd, party: Party): boolean {
  if (!isPod(party)) return end.kind === 'addresses' && end.blocks.some((block) => isInBlock(block, party.address));
  const pods = podsOf(graph, end);
  if (pods === undefined) return false;
  return matches(pods.namespaceSelector, party.namespaceLabels) && matches(pods.podSelector, party.labels);
}

function carries(traffic: GraphFlow['traffic'], to: Party, protocol: Protocol, port: number): boolean {
  if (traffic.kind === 'everything') return true;
  return traffic.ports.some((wanted) => {
    if (wanted.protocol !== protocol) return false;
    if (wanted.port === undefined) return true;
    if (typeof wanted.port === 'number') return wanted.port <= port && port <= (wanted.endPort ?? wanted.port);
    return (
      isPod(to) && to.ports.some((it) => it.name === wanted.port && it.protocol === protocol && it.number === port)
    );
  });
}

function isPod(party: Party): party is Pod {
  return 'namespace' in party;
}

function isWithin(cidr: string, address: string): boolean {
  const [network, prefix] = cidr.split('/') as [string, string];
  if (isIPv6(network) !== isIPv6(address)) return false;
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const block = new BlockList();
  block.addSubnet(network, Number(prefix), family);
  return block.check(address, family);
}
