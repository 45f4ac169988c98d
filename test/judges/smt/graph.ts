import type { Block, Direction, LabelSelector, Port } from './manifests';

/** The JSON of a policy graph, as docs/policy-graph.md has it; what is not asked about is left out. */
export interface Graph {
  readonly cluster: { readonly engine: string };
  readonly namespaces: readonly { readonly name: string; readonly management: 'own' | 'adopt' }[];
  readonly tiers: readonly Tier[];
  readonly flows: readonly Flow[];
  readonly guardrails?: readonly Guardrail[];
}

export interface Tier {
  readonly namespace: string;
  readonly name: string;
  readonly role: string;
  readonly pods: Pods;
  readonly acknowledged?: readonly Waiver[];
}

interface Waiver {
  readonly rule: string;
}

export interface Pods {
  readonly namespaceSelector: LabelSelector;
  readonly podSelector: LabelSelector;
}

export interface Flow {
  readonly from: End;
  readonly to: End;
  readonly traffic: Traffic;
  readonly acknowledged?: readonly Waiver[];
}

export type End =
  | { readonly kind: 'tier'; readonly namespace: string; readonly name: string }
  | { readonly kind: 'pods'; readonly pods: Pods }
  | { readonly kind: 'addresses'; readonly blocks: readonly Block[] }
  | { readonly kind: 'hosts' | 'entity' };

export type Traffic =
  | { readonly kind: 'everything' }
  | { readonly kind: 'ports'; readonly ports: readonly Port[]; readonly requests?: readonly unknown[] };

export interface Guardrail {
  readonly name: string;
  readonly denies?: readonly Deny[];
  readonly isolates?: readonly Pods[];
}

export interface Deny {
  readonly direction: Direction;
  readonly pods: Pods;
  readonly peer: End;
  readonly traffic: Traffic;
}

/** What of a graph no plain NetworkPolicy or ClusterNetworkPolicy says, and is not encoded. */
export function notEncoded({ flows }: Graph): string[] {
  const ends = flows.flatMap(({ from, to }) => [from, to]).map(({ kind }) => kind);
  const requests = flows.some(({ traffic }) => traffic.kind === 'ports' && traffic.requests !== undefined);
  return [...new Set(ends.filter((kind) => kind === 'hosts' || kind === 'entity')), ...(requests ? ['requests'] : [])];
}

/** A flow as pods of a tier see it: what is theirs, and who is at the other end. */
export interface Half {
  readonly flow: Flow;
  readonly own: Pods;
  readonly other: End;
}

/** The flows of which the end of this direction is a tier of the namespace: what its own policies have to admit. */
export function halvesAt(graph: Graph, namespace: string, direction: Direction): Half[] {
  return graph.flows.flatMap((flow) => {
    const [own, other] = direction === 'egress' ? [flow.from, flow.to] : [flow.to, flow.from];
    if (own.kind !== 'tier' || own.namespace !== namespace) return [];
    return [{ flow, own: podsOf(graph, own), other }];
  });
}

/** The pods of an end that is a tier, or pods of others. */
export function podsOf({ tiers }: Graph, end: Extract<End, { kind: 'tier' | 'pods' }>): Pods {
  if (end.kind === 'pods') return end.pods;
  const tier = tiers.find(({ namespace, name }) => namespace === end.namespace && name === end.name);
  if (tier === undefined) throw new Error(`the graph has no tier ${end.namespace}/${end.name}`);
  return tier.pods;
}

/** Pods at the addresses of the flow are accepted as well. */
export function acceptsPods({ acknowledged = [] }: Flow): boolean {
  return acknowledged.some(({ rule }) => rule === 'cluster-range');
}
